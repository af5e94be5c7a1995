/** Where something stands in what is read. */
export interface Where {
  /** The file's name, as the person who started the import knows it. */
  file: string;
  /** From 1. */
  line?: number;
  /** From 1, in characters. */
  column?: number;
  /** The record's own id in the source, such as an xml:id or a QID. */
  id?: string;
}

/** A source that can't be read any further, such as a file that is not XML. */
export class Unreadable extends Error {
  override name = 'Unreadable';
  readonly at: Where;

  constructor(message: string, at: Where) {
    super(message);
    this.at = at;
  }
}
