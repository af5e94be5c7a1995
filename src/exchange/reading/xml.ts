import saxes, { type QualifiedTag } from 'sax';
import type { SourceFile } from '../source.ts';
import { Unreadable, type Where } from '../unreadable.ts';

// XML, read within limits. Nothing outside the file is ever opened, and no entity of its own is taken.

/** An element with all that is in it, in order. */
export interface XmlElement {
  /** Without its prefix. */
  name: string;
  /** The namespace, or an empty text. */
  uri: string;
  /** By the name as it is written, such as `xml:id`. */
  attributes: ReadonlyMap<string, string>;
  /** Where its tag begins, from 1. */
  line: number;
  column: number;
  children: (XmlElement | string)[];
}

export interface XmlLimits {
  /** How deep elements may stand in each other. */
  depth: number;
  /** How many there may be. */
  elements: number;
  /** How long a file may be, in UTF-16 code units. */
  length: number;
}

export interface XmlHandler {
  /** @returns false to read no further. */
  open(element: XmlElement): boolean;
  text?(text: string): void;
  close?(): void;
}

export const xmlLimits: XmlLimits = { depth: 100, elements: 1_000_000, length: 64 * 1024 * 1024 };

/** How long a tag may be with its attributes, or a comment; a single attribute is bounded by the parser, to as much. */
const longestTag = 64 * 1024;
/** The parser looks at its own bounds once a piece. */
const pieceLength = 16 * 1024;

/** What XML 1.0 has no place for, not even as a reference. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u;

/**
 * Reads a file as a tree.
 * @throws {Unreadable} when it isn't well-formed, is beyond the limits, or declares entities, with line and column.
 */
export async function readXml(file: SourceFile, limits: XmlLimits = xmlLimits): Promise<XmlElement> {
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  await parseXml(
    file,
    {
      open: (element) => {
        open.at(-1)?.children.push(element);
        root ??= element;
        open.push(element);
        return true;
      },
      text: (text) => open.at(-1)?.children.push(text),
      close: () => open.pop(),
    },
    limits,
  );
  if (!root) throw new Unreadable('The file has no element.', { file: file.name, line: 1, column: 1 });
  return root;
}

/**
 * Reads only as far as the tag of the outermost element.
 * @throws {Unreadable} as readXml does.
 */
export async function readRootTag(file: SourceFile): Promise<XmlElement> {
  const found: XmlElement[] = [];
  await parseXml(file, { open: (element) => found.push(element) === 0 });
  const [root] = found;
  if (!root) throw new Unreadable('The file has no element.', { file: file.name, line: 1, column: 1 });
  return root;
}

/**
 * Reads a file piece by piece, and tells the handler what is there.
 * @throws {Unreadable} as readXml does.
 */
export async function parseXml(file: SourceFile, handler: XmlHandler, limits: XmlLimits = xmlLimits): Promise<void> {
  const sax = saxes.parser(true, { xmlns: true, position: true, strictEntities: true } as { xmlns: boolean; position: boolean });
  const refuse = (message: string, at: Partial<Where> = { line: sax.line + 1, column: Math.max(1, sax.column) }): never => {
    throw new Unreadable(message, { file: file.name, ...at });
  };
  const lines = new Lines();
  let depth = 0;
  let elements = 0;
  let isInTag = false;
  let isDone = false;

  sax.onerror = (error) => refuse(`The XML is not well-formed: ${error.message.split('\n')[0]}.`);
  sax.ondoctype = (doctype) => {
    if (/<!ENTITY/i.test(doctype)) refuse('The file declares entities of its own (in its DOCTYPE), which are not read.');
  };
  sax.onopentagstart = () => {
    isInTag = true;
  };
  sax.onopentag = (tag) => {
    isInTag = false;
    if (isDone) return;
    const element = elementOf(tag as QualifiedTag, lines.at(sax.startTagPosition - 1));
    for (const value of element.attributes.values()) if (forbidden.test(value)) refuse('A character here is not allowed in XML.');
    depth += 1;
    if (depth > limits.depth) refuse(`The elements are nested more than ${limits.depth} deep.`, element);
    elements += 1;
    if (elements > limits.elements)
      refuse(`The file has more than ${limits.elements} elements, which is as much as is read of one.`, element);
    isDone = !handler.open(element);
  };
  sax.onclosetag = () => {
    depth -= 1;
    if (!isDone) handler.close?.();
  };
  sax.ontext = sax.oncdata = (text) => {
    if (forbidden.test(text)) refuse('A character here is not allowed in XML.');
    if (!isDone) handler.text?.(text);
  };

  for await (const chunk of file.text()) {
    for (const piece of pieces(chunk)) {
      lines.add(piece);
      sax.write(piece);
      if (isDone) return;
      if (isInTag && sax.position - sax.startTagPosition > longestTag) refuse(`A tag is longer than ${longestTag} characters.`);
      if (sax.position > limits.length) refuse(`The file is longer than ${limits.length} characters, which is as much as is read of one.`);
    }
  }
  // Now the parser says what is still missing.
  sax.close();
}

const none: ReadonlyMap<string, string> = new Map();

function elementOf({ local, uri, attributes }: QualifiedTag, at: { line: number; column: number }): XmlElement {
  const values = Object.values(attributes).map(({ name, value }): [string, string] => [name, value]);
  return { name: local, uri, attributes: values.length > 0 ? new Map(values) : none, ...at, children: [] };
}

/** Short pieces that end between characters. */
function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + pieceLength);
    if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end += 1;
    yield text.slice(start, end);
    start = end;
  }
}

/** Finds the line and column of positions, which are asked for in their order. */
class Lines {
  #length = 0;
  #line = 1;
  #lineStart = 0;
  /** The line breaks behind the last position that was asked for. */
  #breaks: number[] = [];
  #next = 0;

  add(text: string): void {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#breaks.push(this.#length + at);
    this.#length += text.length;
  }

  at(position: number): { line: number; column: number } {
    for (let found = this.#breaks[this.#next]; found !== undefined && found < position; found = this.#breaks[this.#next]) {
      this.#line += 1;
      this.#lineStart = found + 1;
      this.#next += 1;
    }
    if (this.#next > 1000) {
      this.#breaks = this.#breaks.slice(this.#next);
      this.#next = 0;
    }
    return { line: this.#line, column: position - this.#lineStart + 1 };
  }
}
