import { expect, test } from 'vitest';
import { article } from '../../src/exchange/article/article.ts';
import type { Entry, ReadOptions } from '../../src/exchange/format.ts';
import { exchangeRecord } from '../../src/exchange/record.ts';
import { sourceOf } from '../../src/exchange/source.ts';

async function read(files: Record<string, string | Uint8Array>, options: Partial<ReadOptions> = {}): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of article.read?.(sourceOf(files), { by: 'speech', ...options }) ?? []) entries.push(entry);
  for (const entry of entries) if ('record' in entry) exchangeRecord.parse(entry.record);
  return entries;
}

/** The only record. */
async function readOne(text: string, options: Partial<ReadOptions> = {}) {
  const entries = await read({ 'article.md': text }, options);
  expect(entries.filter((entry) => !('record' in entry))).toEqual([]);
  const [entry] = entries;
  if (!entry || !('record' in entry) || entry.record.type !== 'Document') throw new Error('no document');
  return entry.record;
}

const problems = (entries: Entry[]) =>
  entries.flatMap((entry) => ('problem' in entry ? [`${entry.at.file}:${entry.at.line ?? ''} ${entry.problem}`] : []));
const left = (entries: Entry[]) => entries.flatMap((entry) => ('left' in entry ? [[entry.left, entry.count]] : []));
const records = (entries: Entry[]) => entries.flatMap((entry) => ('record' in entry ? [entry.record] : []));

test('reads what the front matter says, and the text to the letter', async () => {
  const found = await readOne(
    '---\ntitle: Talks end\nurl: https://example.org/talks\npublisher: wikidata:Q9531\nlanguage: EN-gb\ndate: 2021-12-09\nkind: press release\n---\n\n  He said: "No."\r\n',
  );
  expect(found).toEqual({
    type: 'Document',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    url: 'https://example.org/talks',
    title: 'Talks end',
    language: 'en-GB',
    kind: 'PRESS_RELEASE',
    publisher: { identifier: { scheme: 'wikidata', value: 'Q9531' } },
    publishedAt: '2021-12-09',
    text: '\n  He said: "No."\r\n',
  });
});

test('a file without front matter is all text, and known by its name', async () => {
  const text = 'The talks ended.\n---\nHe left.\n';
  expect(await readOne(text, { language: 'en', scheme: 'my-archive' })).toMatchObject({
    title: 'article',
    language: 'en',
    kind: 'NEWS_ARTICLE',
    text,
    identifiers: [{ scheme: 'my-archive', value: 'article.md' }],
  });
});

test('without a title, an article with an address gets none', async () => {
  const found = await readOne('---\r\nurl: https://example.org/a\r\n---\r\nText');
  expect(found).toMatchObject({ url: 'https://example.org/a', text: 'Text' });
  expect(found).not.toHaveProperty('title');
});

test('the same article has the same id, wherever its file is', async () => {
  const text = '---\nurl: https://example.org/a\n---\nText';
  const [one] = records(await read({ 'a.md': text }));
  const [other] = records(await read({ 'b/c.txt': text, 'x.txt': '' }));
  expect(one?.id).toBe(other?.id);
  const [first, second] = records(await read({ 'a.md': 'Text', 'b.md': 'Text' }));
  expect(first?.id).not.toBe(second?.id);
});

test('dates stay as they are written', async () => {
  for (const date of ['2021', '2021-07', '2021-12-09T10:00:00Z', '2021?', '0012']) {
    expect(await readOne(`---\ndate: ${date}\n---\n`)).toMatchObject({ publishedAt: date });
  }
});

test('an identifier of the publisher may be spelled out; a name names no record', async () => {
  expect(await readOne('---\npublisher: {identifier: {scheme: viaf, value: 123}}\n---\n')).toMatchObject({
    publisher: { identifier: { scheme: 'viaf', value: '123' } },
  });
  for (const name of ['The Times', 'https://example.org']) {
    const entries = await read({ 'a.md': `---\npublisher: ${name}\n---\n` });
    expect(left(entries)).toEqual([['publishers given by name instead of identifier', 1]]);
    expect(records(entries)[0]).not.toHaveProperty('publisher');
  }
});

test('what is wrong is told with its line, and left out', async () => {
  const text =
    '---\ntitle: [a]\nurl: javascript:alert(1)\nlanguage: English\ndate: 9 December\nkind: poem\npublisher: {name: X}\n---\nText';
  const entries = await read({ 'a.md': text });
  expect(problems(entries)).toEqual([
    'a.md:2 The title was left out. Write it as a text.',
    'a.md:3 The url was left out. “javascript:alert(1)” is not a web address, such as https://example.org/article.',
    expect.stringMatching(/^a\.md:4 The language was left out. "English" is not a BCP 47 language/),
    expect.stringMatching(/^a\.md:5 The date was left out. "9 December" is not an EDTF date/),
    expect.stringMatching(/^a\.md:6 The kind was left out. “poem” is none of the kinds: NEWS_ARTICLE, /),
    'a.md:7 The publisher was left out. Write the publisher’s identifier, such as wikidata:Q9531.',
  ]);
  const [found] = records(entries);
  expect(found).toMatchObject({ title: 'a', text: 'Text' });
  expect(found).not.toHaveProperty('kind');
});

test('counts the keys that it doesn’t know', async () => {
  const entries = await read({ 'a.md': '---\ntags: [a, b]\n__proto__: {title: X}\nconstructor: y\ntitle:\n? [a]\n: b\n---\nText' });
  expect(left(entries)).toEqual([
    ['front matter.tags', 1],
    ['front matter.__proto__', 1],
    ['front matter.constructor', 1],
    ['front matter.(not a text)', 1],
  ]);
  expect(records(entries)).toHaveLength(1);
});

test('a folder may have other files', async () => {
  const entries = await read({ LICENSE: 'x', 'a.txt': 'A', 'b.html': '<p>', 'c.MD': 'C' });
  expect(records(entries)).toMatchObject([{ title: 'a' }, { title: 'c' }]);
  expect(left(entries)).toEqual([
    ['files that are neither .txt nor .md', 1],
    ['files that are neither .txt nor .md', 1],
  ]);
});

test('a front matter that can’t be read is told, and the next file is read', async () => {
  const bomb = Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}, *a${i - 1}`}]`).join('\n');
  const entries = await read({
    'alias.md': `---\n${bomb}\ntitle: *a29\n---\n`,
    'deep.md': `---\ntitle: ${'['.repeat(30_000)}\n---\n`,
    'duplicate.md': '---\ntitle: a\ntitle: b\n---\n',
    'list.md': '---\n- a\n---\n',
    'long.md': `---\ntitle: ${'x'.repeat(70_000)}\n---\n`,
    'open.md': '---\ntitle: a\n',
    'tab.md': '---\ntitle: a\n\tx: "\n---\n',
    'utf-16.md': Buffer.from('Ärger', 'utf16le'),
    'z.md': 'Text',
  });
  const refused = 'The front matter can’t be read, and the article was left out:';
  expect(problems(entries)).toEqual([
    'alias.md:32 The title was left out. Aliases are not followed.',
    `deep.md:2 ${refused} it is nested too deeply.`,
    expect.stringMatching(`duplicate.md:3 ${refused}`),
    `list.md:2 ${refused} it is not a list of keys with their values.`,
    expect.stringMatching(/^long\.md:1 The front matter is longer than 64 kB/),
    expect.stringMatching(/^open\.md:1 The front matter has no end/),
    expect.stringMatching(`tab.md:3 ${refused}`),
    expect.stringMatching(/^utf-16\.md:1 The text is not UTF-8/),
  ]);
  expect(records(entries).map((record) => 'title' in record && record.title)).toEqual(['alias', 'z']);
});

test('a text that is too long is told', async () => {
  expect(problems(await read({ 'a.txt': 'x'.repeat(16 * 1024 * 1024 + 1) }))).toEqual([
    'a.txt: The text is longer than 16 million characters, and was left out.',
  ]);
});
