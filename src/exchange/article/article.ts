import type { Entry, Format, ReadOptions } from '../format.ts';
import { stableId } from '../ids.ts';
import { LeftNames } from '../reading/left-names.ts';
import type { ExchangeDocument } from '../record.ts';
import type { Source, SourceFile } from '../source.ts';
import { Unreadable } from '../unreadable.ts';
import { type FrontMatter, readFrontMatter, splitFrontMatter } from './front-matter.ts';

// Articles: texts, each a file of its own, with what is known of them in front. docs/formats/article.md

/** How long a text may be, in UTF-16 code units. */
const longest = 16 * 1024 * 1024;

const isArticle = ({ name }: SourceFile) => /\.(txt|md|markdown)$/i.test(name);

export const article: Format = {
  name: 'article',
  description: 'Articles as plain text or Markdown, one a file, with a front matter of YAML.',
  async *read(source: Source, options: ReadOptions) {
    const names = new LeftNames();
    for (const file of source.files) {
      // A file that was named by itself is meant, whatever its name.
      if (source.files.length === 1 || isArticle(file)) yield* readArticle(file, options, names);
      else yield { at: { file: file.name }, left: 'files that are neither .txt nor .md', count: 1 };
    }
  },
};

/** Each file is a document of its own: what can't be read of one is no reason to leave the next. */
async function* readArticle(file: SourceFile, options: ReadOptions, names: LeftNames): AsyncGenerator<Entry> {
  const at = { file: file.name };
  let whole: string | undefined;
  try {
    whole = await textOf(file);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    yield { at: error.at, problem: error.message };
    return;
  }
  if (whole === undefined) {
    yield { at, problem: `The text is longer than ${longest / 1024 / 1024} million characters, and was left out.` };
    return;
  }
  const parts = splitFrontMatter(whole);
  if ('problem' in parts) {
    yield { at: { ...at, line: 1 }, problem: parts.problem };
    return;
  }
  const front = readFrontMatter(parts.frontMatter);
  for (const { line, problem } of front.problems) yield { at: { ...at, line }, problem };
  if (!front.isReadable) return;
  for (const { line, key } of front.unknown) yield { at: { ...at, line }, left: names.of('front matter', key), count: 1 };
  if (front.publisherName !== undefined) yield { at, left: 'publishers given by name instead of identifier', count: 1 };
  yield { at, record: documentOf(file.name, front, parts.text, options) };
}

function documentOf(fileName: string, { url, title, ...front }: FrontMatter, text: string, options: ReadOptions): ExchangeDocument {
  const scheme = options.scheme ?? 'article';
  const language = front.language ?? options.language;
  // A document is known by its title or its address: without either, the name of its file is all that it is known by.
  const known = title ?? (url === undefined ? fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '') : undefined);
  return {
    type: 'Document',
    id: url === undefined ? stableId('identifier', scheme, fileName) : stableId('url', url),
    ...(url !== undefined && { url }),
    ...(known !== undefined && { title: known }),
    ...(language !== undefined && { language }),
    ...(front.kind && { kind: front.kind }),
    ...(front.publisher && { publisher: { identifier: front.publisher } }),
    ...(front.date !== undefined && { publishedAt: front.date }),
    ...(text !== '' && { text }),
    ...(url === undefined && { identifiers: [{ scheme, value: fileName }] }),
  };
}

/** Undefined when it is too long. */
async function textOf(file: SourceFile): Promise<string | undefined> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of file.text()) {
    length += piece.length;
    if (length > longest) return undefined;
    pieces.push(piece);
  }
  return pieces.join('');
}
