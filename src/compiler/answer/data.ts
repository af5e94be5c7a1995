/**
 * The data of an answer as the text that it is sent as. It is an object to whoever doesn't know: `JSON.stringify`
 * writes what the text says.
 */
export class TextData {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}
