import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../src/verify/verify.ts';
import { type Asked, as } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { done, type Input, mistake } from '../write/mutate.ts';

// Quotations in a text that was corrected while two documents were one.

const text = 'In Baghdad, she announced: “The mission is over.” Nobody else was there.';
const exact = 'The mission is over.';

let database: TestDatabase;
let editor: Asked;

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
});

afterAll(() => database?.close());

/** Two documents with the same text, each with a quotation, of which the second is merged into the first. */
async function merged(): Promise<{ survivor: string; duplicate: string; quoting: string }> {
  const said: Input = { text: exact, language: 'en', quoteType: 'DIRECT', attributionText: 'she' };
  const ids: string[] = [];
  const quotations: string[] = [];
  for (const title of ['Talks end', 'Talks end again']) {
    const document = await done(editor, 'createDocument', { title, text });
    const statement = await done(editor, 'createStatement', said);
    const appearance = {
      statement: { id: statement.id },
      document: { id: document.id },
      printedText: exact,
      language: 'en',
      content: [{ exact }],
    };
    quotations.push((await done(editor, 'addAppearance', appearance)).id);
    ids.push(document.id);
  }
  const [survivor = '', duplicate = ''] = ids;
  await done(editor, 'merge', { survivor, duplicate });
  return { survivor, duplicate, quoting: quotations[1] ?? '' };
}

test('go back to their places when the merge is taken back', async () => {
  const { survivor, duplicate } = await merged();
  await done(editor, 'updateDocument', { id: survivor, text: `Corrected. ${text}` });
  await done(editor, 'unmerge', { id: duplicate });
  expect((await verify(database.prisma)).findings).toEqual([]);
});

test('keep it from being taken back when they don’t stand in the other text', async () => {
  const { survivor, duplicate, quoting } = await merged();
  await done(editor, 'updateDocument', { id: survivor, text: `${text} “It is done.”` });
  await done(editor, 'updateAppearance', { id: quoting, content: [{ exact: 'It is done.' }] });
  expect(await mistake(editor, 'unmerge', { id: duplicate })).toEqual({
    code: 'NOT_MERGEABLE',
    message: expect.stringContaining('“It is done.”'),
    path: ['id'],
  });
  await done(editor, 'updateAppearance', { id: quoting, content: [{ exact }] });
  await done(editor, 'unmerge', { id: duplicate });
  expect((await verify(database.prisma)).findings).toEqual([]);
});
