import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import type { SourceFile } from '../source.ts';
import { Unreadable, type Where } from '../unreadable.ts';
import { Cursor, type Place } from './json-place.ts';

// JSON that is larger than memory: the reader says which values to take, and gets them one by one.
// json-lines.ts reads JSON with one value a line.

/** Where a value stands: the names and indexes that lead to it; empty for the whole text. */
export type Path = readonly (string | number)[];

/**
 * What to do with a value. It is asked when a value starts, for the whole text first (with an empty path):
 * `take` it as a whole; `enter` an object or array, to be asked for each of its values; or `pass` over it.
 * A scalar can't be entered, and is taken then.
 */
export type Choose = (path: Path, kind: 'object' | 'array' | 'scalar') => 'take' | 'enter' | 'pass';

export interface JsonLimits {
  /** How deeply objects and arrays may be nested. */
  depth?: number;
  /** How long the text of one value may be, in bytes. */
  bytes?: number;
}

export const standardLimits = { depth: 100, bytes: 16 * 1024 * 1024 } as const satisfies Required<JsonLimits>;

/** A value that was taken, and where it starts; or why one was passed over. */
export type JsonFound = { at: Where; path: Path; value: unknown } | { at: Where; path: Path; problem: string };

/** How much is read before what was found is given away. */
const pieceBytes = 64 * 1024;

/**
 * Reads one JSON text, such as `{"persons": [ … ], … }`, and gives the values that were chosen, in their order. Those
 * that end in the same 64 kB are in memory together, and nothing else.
 *
 * A value that is larger or deeper than the limits is passed over and told as a problem. Of equal names in an object
 * that is taken the last counts, as in JSON.parse; in one that is entered all do. `__proto__` is a name like any other
 * and becomes a property of the object itself.
 * @throws {Unreadable} naming line and column: where it isn't JSON, or one text in it is larger than the limit.
 */
export async function* values(file: SourceFile, choose: Choose, limits: JsonLimits = {}): AsyncGenerator<JsonFound> {
  const reader = new Reader(file.name, choose, { ...standardLimits, ...limits });
  const encoder = new TextEncoder();
  for await (const text of file.text()) {
    const bytes = encoder.encode(text);
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      yield* reader.read(bytes.subarray(start, start + pieceBytes));
    }
  }
  yield* reader.end();
}

/** What is wrong with a text that isn't JSON, and in which column. */
export function whyNotJson(text: string): { message: string; column?: number } {
  try {
    const reader = new Reader('', () => 'take', { depth: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY });
    for (const _ of reader.read(new TextEncoder().encode(text)));
    for (const _ of reader.end());
  } catch (error) {
    if (error instanceof Unreadable) return { message: error.message, ...(error.at.column && { column: error.at.column }) };
  }
  return { message: 'This is not JSON.' };
}

const endsEarly = 'it ends in the middle';

type Token = Parameters<Tokenizer['onToken']>[0];

/** An object or array that was entered. */
interface Level {
  /** The name or index of the value that is being read, or comes next. */
  key: string | number;
  isArray: boolean;
  /** Whether a name comes next. */
  wantsName: boolean;
}

/** A value that is taken or passed over. */
interface Value {
  place: Place;
  start: number;
  path: Path;
  /** How many objects and arrays are open in it, itself included. */
  open: number;
  /** Puts it together; undefined when it is passed over. */
  parser: TokenParser | undefined;
}

const isOpening = ({ token }: Token) => token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET;
const isClosing = ({ token }: Token) => token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET;
const isPunctuation = (token: Token) => isClosing(token) || token.token === TokenType.COLON || token.token === TokenType.COMMA;

class Reader {
  readonly #file: string;
  readonly #choose: Choose;
  readonly #limits: Required<JsonLimits>;
  /** Without a buffer, each digit of a number would be an object of its own. */
  readonly #tokenizer = new Tokenizer({ numberBufferSize: 1024 });
  /** Keeps the grammar around the values that are chosen, and gets a scalar in the place of each. */
  readonly #around = new TokenParser({ paths: [], keepStack: false });
  readonly #cursor = new Cursor();
  readonly #levels: Level[] = [];
  #value: Value | undefined;
  #found: JsonFound[] = [];
  /** Where the last token starts. */
  #last = -1;

  constructor(file: string, choose: Choose, limits: Required<JsonLimits>) {
    this.#file = file;
    this.#choose = choose;
    this.#limits = limits;
    this.#tokenizer.onToken = (token) => {
      this.#last = token.offset;
      if (this.#value) this.#inside(this.#value, token);
      else this.#outside(token);
    };
  }

  *read(bytes: Uint8Array): Generator<JsonFound> {
    this.#cursor.add(bytes);
    yield* this.#guard(() => this.#tokenizer.write(bytes));
    this.#cursor.keep(this.#last + 1);
    // The tokenizer can't let go of what it is in the middle of.
    if (this.#cursor.end - this.#last > this.#limits.bytes) {
      throw new Unreadable(`A single text here has more than ${this.#largest()}.`, this.#where(this.#cursor.kept));
    }
    if (this.#value) this.#checkSize(this.#value, this.#cursor.end);
  }

  *end(): Generator<JsonFound> {
    yield* this.#guard(() => {
      this.#tokenizer.end();
      if (this.#value || !this.#around.isEnded) throw this.#notJson(endsEarly, this.#cursor.end);
    });
  }

  #outside(token: Token): void {
    const level = this.#levels.at(-1);
    if (!isPunctuation(token) && !level?.wantsName) {
      this.#start(token);
      return;
    }
    this.#around.write(token);
    if (isClosing(token)) this.#levels.pop();
    else if (level?.isArray) level.key = (level.key as number) + 1;
    else if (level) {
      if (level.wantsName) level.key = token.value as string;
      level.wantsName = token.token === TokenType.COMMA;
    }
  }

  #start(token: Token): void {
    const path = this.#levels.map(({ key }) => key);
    const isArray = token.token === TokenType.LEFT_BRACKET;
    const choice = this.#choose(path, isArray ? 'array' : isOpening(token) ? 'object' : 'scalar');
    if (choice === 'enter' && isOpening(token) && this.#levels.length < this.#limits.depth) {
      this.#around.write(token);
      this.#levels.push({ key: isArray ? 0 : '', isArray, wantsName: !isArray });
      return;
    }
    this.#around.write(isOpening(token) ? { token: TokenType.STRING, value: token.value as string } : token);
    const value: Value = { place: this.#cursor.at(token.offset), start: token.offset, path, open: 0, parser: undefined };
    if (choice !== 'pass') {
      value.parser = new TokenParser({ paths: ['$'] });
      value.parser.onValue = (found) => this.#found.push({ at: this.#where(value.place), path, value: found.value });
    }
    this.#inside(value, token);
  }

  #inside(value: Value, token: Token): void {
    if (isOpening(token)) value.open += 1;
    else if (isClosing(token)) value.open -= 1;
    this.#checkSize(value, token.offset);
    if (this.#levels.length + value.open > this.#limits.depth) {
      this.#passOver(value, `It is nested more than ${this.#limits.depth} levels deep, and was left out.`);
    }
    value.parser?.write(token);
    this.#value = value.open > 0 ? value : undefined;
  }

  #checkSize(value: Value, end: number): void {
    if (end - value.start > this.#limits.bytes) this.#passOver(value, `It is larger than ${this.#largest()}, and was left out.`);
  }

  #passOver(value: Value, problem: string): void {
    if (!value.parser) return;
    value.parser = undefined;
    this.#found.push({ at: this.#where(value.place), path: value.path, problem });
  }

  /** Gives what was found, also when what follows can't be read. */
  *#guard(read: () => void): Generator<JsonFound> {
    let failure: unknown;
    try {
      read();
    } catch (error) {
      failure = error;
    }
    yield* this.#found.splice(0);
    if (failure) throw failure instanceof Unreadable ? failure : this.#syntaxError(failure as Error);
  }

  #syntaxError({ message }: Error): Unreadable {
    // The tokenizer tells the place of a character in words only.
    const [, character, position] = /^Unexpected "(.*)" at chunk position "\d+" \(absolute position "(\d+)"\)/s.exec(message) ?? [];
    if (position !== undefined) {
      // It knows bytes only.
      const what = character && character > '~' ? 'a character outside of ASCII' : JSON.stringify(character);
      return this.#notJson(`${what} can’t stand here`, Number(position));
    }
    if (/ended in/.test(message)) return this.#notJson(endsEarly, this.#cursor.end);
    const token = /^Unexpected [A-Z_]+ \((.*)\) in state/s.exec(message)?.[1];
    return this.#notJson(token === undefined ? message : `${token.slice(0, 40)} can’t stand here`, this.#last);
  }

  #notJson(why: string, offset: number): Unreadable {
    return new Unreadable(`This is not JSON: ${why}.`, this.#where(this.#cursor.at(offset)));
  }

  #where(place: Place): Where {
    return { file: this.#file, ...place };
  }

  #largest(): string {
    const { bytes } = this.#limits;
    return bytes < 1024 * 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024 / 1024)} MB`;
  }
}
