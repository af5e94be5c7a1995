import { Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import type { SourceFile } from '../source.ts';
import { Unreadable, type Where } from '../unreadable.ts';

// Claim reviews as a table, such as FACTCK.BR: each row becomes the thing of schema.org that it stands for.

/** How long a row may be, in characters. */
const longest = 1024 * 1024;

/** Where in the thing the value of a column goes, by the letters of its heading. */
const columns: Readonly<Record<string, readonly string[]>> = {
  url: ['url'],
  author: ['author', 'name'],
  authorname: ['author', 'name'],
  authorurl: ['author', 'url'],
  datepublished: ['datePublished'],
  claimreviewed: ['claimReviewed'],
  reviewbody: ['reviewBody'],
  title: ['headline'],
  headline: ['headline'],
  language: ['inLanguage'],
  inlanguage: ['inLanguage'],
  ratingvalue: ['reviewRating', 'ratingValue'],
  bestrating: ['reviewRating', 'bestRating'],
  worstrating: ['reviewRating', 'worstRating'],
  alternativename: ['reviewRating', 'alternateName'],
  alternatename: ['reviewRating', 'alternateName'],
  claimant: ['itemReviewed', 'author', 'name'],
  claimdate: ['itemReviewed', 'datePublished'],
};

interface Thing {
  [name: string]: string | Thing;
}

/**
 * Reads a table with a heading; `.tsv` is separated by tabs, and else by commas.
 * @throws {Unreadable} when it isn't one, or the columns that it needs are not there.
 */
export async function* rows(file: SourceFile): AsyncGenerator<{ at: Where; thing: object }> {
  const parser = parse({
    delimiter: file.name.toLowerCase().endsWith('.tsv') ? '\t' : ',',
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longest,
    info: true,
  });
  const texts = Readable.from(file.text());
  texts.on('error', (error) => parser.destroy(error));
  let paths: (readonly string[])[] | undefined;
  let line = 1;
  try {
    for await (const { record, info } of texts.pipe(parser) as AsyncIterable<{ record: string[]; info: Info }>) {
      const at = { file: file.name, line };
      line = info.lines + 1;
      if (paths) yield { at, thing: thingOf(record, paths) };
      else paths = pathsOf(record, at);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const why = error.code === 'CSV_MAX_RECORD_SIZE' ? 'a row is longer than 1 MB; perhaps a quotation mark is not closed' : error.message;
    throw new Unreadable(`The table can’t be read behind this line: ${why.replace(/\.$/, '')}.`, { file: file.name, line });
  } finally {
    texts.destroy();
  }
}

/** A column that isn't known is a property of the review that isn't. */
function pathsOf(headings: readonly string[], at: Where): (readonly string[])[] {
  const paths = headings.map((heading) => {
    const letters = heading.toLowerCase().replace(/[^a-z]/g, '');
    return Object.hasOwn(columns, letters) ? (columns[letters] ?? []) : [`column ${heading.trim()}`];
  });
  for (const needed of ['url', 'claimReviewed']) {
    if (paths.some(([name]) => name === needed)) continue;
    throw new Unreadable(`The first line of the table has no column ${needed}.`, at);
  }
  return paths;
}

function thingOf(cells: readonly string[], paths: readonly (readonly string[])[]): Thing {
  const thing: Thing = Object.assign(Object.create(null), { '@type': 'ClaimReview' });
  paths.forEach((path, i) => {
    const cell = cells[i]?.trim() ?? '';
    // FACTCK.BR names authors by their addresses.
    const isAddress = path[0] === 'author' && /^https?:/.test(cell);
    if (cell !== '') put(thing, isAddress ? ['author', 'url'] : path, cell);
  });
  return thing;
}

function put(thing: Thing, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path;
  const inner = thing[name];
  if (rest.length === 0) {
    if (inner === undefined) thing[name] = value;
  } else {
    const next: Thing = typeof inner === 'object' ? inner : Object.create(null);
    thing[name] = next;
    put(next, rest, value);
  }
}
