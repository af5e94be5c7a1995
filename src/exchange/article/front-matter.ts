import { isMap, isScalar, LineCounter, type Pair, parseDocument } from 'yaml';
import { z } from 'zod';
import { parseEdtf } from '../../edtf.ts';
import { DocumentKind } from '../../generated/prisma/enums.ts';
import { parseLanguage } from '../../language.ts';
import { webAddress } from '../reading/web-address.ts';

// What stands in front of an article: YAML between two lines `---`.

/** How long it may be, in UTF-16 code units. */
const longest = 64 * 1024;

/** What it says of the article; and what is wrong with it, each at its line, from 1. */
export interface FrontMatter {
  /** False when it isn't a front matter at all. */
  isReadable: boolean;
  title?: string;
  url?: string;
  publisher?: { scheme: string; value: string };
  /** A publisher by name, which names no record. */
  publisherName?: string;
  language?: string;
  date?: string;
  /** A news article unless it says otherwise; undefined when what it says is none of the kinds. */
  kind?: DocumentKind | undefined;
  problems: { line: number; problem: string }[];
  unknown: { line: number; key: string }[];
}

/** Takes the front matter from a text, and gives what follows to the letter; a text that starts otherwise has none. */
export function splitFrontMatter(whole: string): { frontMatter: string; text: string } | { problem: string } {
  const open = /^---[ \t]*\r?\n/.exec(whole);
  if (!open) return { frontMatter: '', text: whole };
  const start = open[0].length;
  const head = whole.slice(start, start + longest);
  const close = /^---[ \t]*(?:\r?\n|$(?![\s\S]))/m.exec(head);
  if (!close) {
    const why = whole.length > start + longest ? `is longer than ${longest / 1024} kB` : 'has no end';
    return { problem: `The front matter ${why}. Put a line --- behind it; a text that starts with such a line needs a front matter.` };
  }
  return { frontMatter: head.slice(0, close.index), text: whole.slice(start + close.index + close[0].length) };
}

const text = z.string();
const publisher = z.union([
  text,
  z.strictObject({ identifier: z.strictObject({ scheme: text, value: text }) }).transform(({ identifier }) => identifier),
]);

/** How each key is read. What one throws as RangeError is told, and the value is left out. */
const keys: Record<string, (value: unknown, into: FrontMatter) => void> = {
  title: (value, into) => {
    into.title = oneText(value);
  },
  url: (value, into) => {
    const url = webAddress(oneText(value));
    if (url === undefined)
      throw new RangeError(`“${oneText(value).slice(0, 80)}” is not a web address, such as https://example.org/article.`);
    into.url = url;
  },
  language: (value, into) => {
    into.language = parseLanguage(oneText(value));
  },
  date: (value, into) => {
    into.date = parseEdtf(oneText(value)).edtf;
  },
  kind: (value, into) => {
    into.kind = undefined;
    const name = oneText(value).toUpperCase().replace(/[ -]/g, '_');
    const kind = Object.values(DocumentKind).find((each) => each === name);
    if (!kind) throw new RangeError(`“${oneText(value).slice(0, 40)}” is none of the kinds: ${Object.values(DocumentKind).join(', ')}.`);
    into.kind = kind;
  },
  publisher: (value, into) => {
    const given = publisher.safeParse(value);
    if (!given.success) throw new RangeError('Write the publisher’s identifier, such as wikidata:Q9531.');
    if (typeof given.data !== 'string') {
      into.publisher = given.data;
      return;
    }
    const [, scheme, id] = /^([a-z][a-z0-9._-]*):\s*([^\s/].*)$/.exec(given.data.trim()) ?? [];
    if (scheme !== undefined && id !== undefined) into.publisher = { scheme, value: id };
    else into.publisherName = given.data;
  },
};

/** Reads what stands between the lines `---`, the first of which is line 1. Texts stay texts; aliases are not followed. */
export function readFrontMatter(yaml: string): FrontMatter {
  const front: FrontMatter = { isReadable: false, kind: DocumentKind.NEWS_ARTICLE, problems: [], unknown: [] };
  const lines = new LineCounter();
  try {
    const document = parseDocument(yaml, { schema: 'failsafe', lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    const [error] = document.errors;
    if (error) {
      // The parser tells of a full stack as of any other mistake.
      const why = /call stack/.test(error.message) ? 'it is nested too deeply' : error.message;
      return refuse(front, lines.linePos(error.pos[0]).line, why);
    }
    if (document.contents !== null && !isMap(document.contents)) return refuse(front, 1, 'it is not a list of keys with their values');
    front.isReadable = true;
    for (const pair of document.contents?.items ?? []) {
      const line = lines.linePos(pair.key.range[0]).line + 1;
      readPair(pair, (node) => node.toJS(document, { maxAliasCount: 0 }), line, front);
    }
    return front;
  } catch (error) {
    // Nested too deeply for the parser.
    if (!(error instanceof RangeError)) throw error;
    return refuse(front, 1, 'it is nested too deeply');
  }
}

type Node = { toJS(document: unknown, options: object): unknown };

function readPair(pair: Pair, toJS: (node: Node) => unknown, line: number, front: FrontMatter): void {
  const key = isScalar(pair.key) ? String(pair.key.value) : '(not a text)';
  const read = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (!read) {
    front.unknown.push({ line, key });
    return;
  }
  try {
    const value = pair.value === null ? '' : toJS(pair.value as Node);
    if (value !== '') read(value, front);
  } catch (error) {
    // Of an alias, the parser throws a ReferenceError.
    if (!(error instanceof RangeError || error instanceof ReferenceError)) throw error;
    const why = error instanceof RangeError ? error.message : 'Aliases are not followed.';
    front.problems.push({ line, problem: `The ${key} was left out. ${why}` });
  }
}

function oneText(value: unknown): string {
  if (typeof value !== 'string') throw new RangeError('Write it as a text.');
  return value;
}

function refuse(front: FrontMatter, line: number, why: string): FrontMatter {
  front.problems.push({ line: line + 1, problem: `The front matter can’t be read, and the article was left out: ${why}.` });
  return front;
}
