/**
 * A rule of the record that an input breaks. The message is for the person who wrote the input; the path
 * leads to the value, such as `['appearances', 0, 'content']`.
 */
export class BrokenRule extends Error {
  override name = 'BrokenRule';
  readonly path: readonly (string | number)[];

  constructor(message: string, path: readonly (string | number)[]) {
    super(message);
    this.path = path;
  }
}
