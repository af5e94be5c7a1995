/** A line and a column, from 1; columns are counted in characters. */
export interface Place {
  line: number;
  column: number;
}

/** Tells line and column of bytes of UTF-8, asked in their order, while it holds one piece of them. */
export class Cursor {
  /** How many bytes were added. */
  end = 0;
  /** Where what the last piece broke off starts. */
  kept: Place = { line: 1, column: 1 };
  #piece: Uint8Array = new Uint8Array(0);
  /** Where the piece starts. */
  #start = 0;
  /** Up to where was counted. */
  #counted = 0;
  /** Whether what is kept is nothing but white space yet. */
  #isBlank = true;
  #line = 1;
  #column = 1;

  add(piece: Uint8Array): void {
    this.#advance(this.end);
    this.#start = this.end;
    this.#piece = piece;
    this.end += piece.length;
  }

  /** The place of a byte; the one that was kept, when the byte stood in an earlier piece. */
  at(offset: number): Place {
    if (offset < this.#start) return this.kept;
    this.#advance(Math.min(offset, this.end));
    return { line: this.#line, column: this.#column };
  }

  /** Keeps the place of the first byte from here on that isn't white space, be it in a later piece. */
  keep(offset: number): void {
    if (offset < this.#start && !this.#isBlank) return;
    const from = Math.max(offset, this.#start);
    const blanks = this.#piece.subarray(from - this.#start).findIndex((byte) => byte > 0x20);
    this.#isBlank = blanks === -1;
    this.kept = this.at(this.#isBlank ? this.end : from + blanks);
  }

  #advance(to: number): void {
    for (; this.#counted < to; this.#counted += 1) {
      const byte = this.#piece[this.#counted - this.#start] as number;
      if (byte === 0x0a) {
        this.#line += 1;
        this.#column = 1;
      } else if ((byte & 0xc0) !== 0x80) {
        this.#column += 1;
      }
    }
  }
}
