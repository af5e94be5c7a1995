import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deletion, insertion, update } from '../database/rows.ts';
import { as, ask, refused, run } from '../support/ask.ts';
import { Random, rounds, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import type { Filled } from '../support/random.ts';
import { Editor } from '../support/random-edits.ts';

let database: TestDatabase;
let ids: Filled;

beforeAll(async () => {
  const { filled, ...opened } = await openFilledDatabase(8);
  [database, ids] = [opened, filled];
});

afterAll(() => database?.close());

const idOf = (model: string, uuid: string) => Buffer.from(`${model}:${uuid}`).toString('base64url');

/** The instant of the last change, after which a millisecond is let pass. */
async function now(): Promise<string> {
  const [row] = await database.raw('SELECT max("at") AS at FROM history.revision');
  await sleep(3);
  return new Date(row?.at as string).toISOString();
}

const page = 'totalCount pageInfo { endCursor } nodes';
/** For each noun a nested query with lists, counts, and two aliases of one list, which can't be one statement. */
const selections = {
  Person: `name revision names { name } identifiers { value } summary { text }
    memberships { ${page} { role organization { name parent { name } } } }
    early: statements(first: 1, orderBy: { by: DATE, direction: ASC }) { ${page} { text capacity { basis memberships { role } } } }
    late: statements(first: 2) { ${page} { text outlet { name } venue { name } about { nodes { subject { id } } } } }
    revisions(first: 3) { ${page} { number } }`,
  Organization: `name parent { name } parts { ${page} { name } } members { ${page} { member { name } } } publishedDocuments { ${page} { title } }`,
  Place: `name parent { name } parts { ${page} { name } } events { ${page} { date place { name } } }`,
  Event: `title { text } date parent { date } place { name } aliases { name }
    participations { ${page} { participant { name } } }
    all: statementsAbout { ${page} { text speaker { name } } }
    some: statementsAbout(where: { quoteType: { eq: DIRECT } }) { ${page} { text appearances { ${page} { printedText document { title } } } } }`,
  Statement: `text date quoteType speaker { name } addressee { name } translations { text } appearances { ${page} { content { exact } document { title } relayedFrom { id } } }
    capacity { basis memberships { role organization { name } } }`,
  Document: `title text publisher { name } authors { nodes { author { name } } } derivedFrom { title } mentions { totalCount } appearances { ${page} { statement { text } } }`,
} as const;

type Noun = keyof typeof selections;
const nouns = Object.keys(selections) as Noun[];

const byId = (model: Noun, uuid: string, args = '') =>
  `nodes(ids: ["${idOf(model, uuid)}"]${args}) { id ... on ${model} { ${selections[model]} } }`;

test('any record, and all that hangs on it, is shown as it was, at several instants in one operation', async () => {
  const asker = as(database, 'EDITOR');
  const editor = new Editor(database, new Random(seed + 1), ids);
  const kept: { model: Noun; uuid: string; asOf: string; answer: unknown }[] = [];
  for (let i = 0; i < rounds(4); i++) {
    for (let j = 0; j < 3; j++) await editor.transact(6);
    const asOf = await now();
    for (const model of nouns) {
      const uuid = editor.one(model);
      const { data, errors } = await ask(asker, `{ ${byId(model, uuid)} }`);
      // What isn’t there has an error; a mistake in the query would have none.
      for (const { extensions } of errors) expect(['NOT_FOUND', 'RETRACTED']).toContain(extensions.code);
      kept.push({ model, uuid, asOf, answer: (data as { nodes: unknown } | null)?.nodes ?? null });
    }
  }
  let different = 0;
  for (let i = 0; i + 1 < kept.length; i += 2) {
    const [one, other] = kept.slice(i, i + 2) as [(typeof kept)[0], (typeof kept)[0]];
    const query = `{
      one: ${byId(one.model, one.uuid, `, asOf: "${one.asOf}"`)}
      now: ${byId(one.model, one.uuid)}
      other: ${byId(other.model, other.uuid, `, asOf: "${other.asOf}"`)}
    }`;
    const { data } = await ask<Record<string, unknown>>(asker, query);
    expect(data?.one, one.asOf).toEqual(one.answer);
    expect(data?.other, other.asOf).toEqual(other.answer);
    const { data: present } = await ask<Record<string, unknown>>(asker, `{ now: ${byId(one.model, one.uuid)} }`);
    expect(data?.now).toEqual(present?.now);
    if (JSON.stringify(data?.now) !== JSON.stringify(data?.one)) different++;
  }
  expect(different).toBeGreaterThan(3);
});

describe('by a simple record', () => {
  const person = crypto.randomUUID();
  let made: string;
  let renamed: string;
  const asked = (asOf: string) =>
    `{ person(by: { id: "${idOf('Person', person)}" }, asOf: "${asOf}") { name memberships { totalCount nodes { role } } } }`;
  const membership = crypto.randomUUID();

  beforeAll(async () => {
    const organization = crypto.randomUUID();
    await database.raw(insertion('Organization', { id: organization, status: 'PUBLISHED' }));
    await database.raw(insertion('Person', { id: person, name: 'Ana Lima', status: 'PUBLISHED' }));
    await database.raw(
      insertion('Membership', { id: membership, personId: person, organizationId: organization, role: 'editor', status: 'PUBLISHED' }),
    );
    made = await now();
    await database.raw(update('Person', person, { name: 'Ana de Lima' }));
    await database.raw(deletion('Membership', membership));
    renamed = await now();
  });

  test('a link that was removed since is there, by itself, too', async () => {
    expect(await run(database, asked(made))).toEqual({
      person: { name: 'Ana Lima', memberships: { totalCount: 1, nodes: [{ role: 'editor' }] } },
    });
    expect(await run(database, asked(renamed))).toEqual({ person: { name: 'Ana de Lima', memberships: { totalCount: 0, nodes: [] } } });
    const link = (asOf: string) =>
      `{ nodes(ids: ["${idOf('Membership', membership)}"], asOf: "${asOf}") { ... on Membership { role person: member { name } } } }`;
    expect(await run(database, link(made))).toEqual({ nodes: [{ role: 'editor', person: { name: 'Ana Lima' } }] });
    expect(await refused(database, link(renamed))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('what was not there yet is not found', async () => {
    expect(await refused(database, asked('2001-01-01T00:00:00Z'))).toMatchObject({ code: 'NOT_FOUND', path: ['person'] });
  });

  test('the future is refused', async () => {
    const future = new Date(Date.now() + 60_000).toISOString();
    expect(await refused(database, asked(future))).toMatchObject({ code: 'INVALID_DATE', path: ['person'] });
  });

  test('the settings stay with their query', async () => {
    const asOfThen = Promise.all(Array.from({ length: 8 }, () => run(database, asked(made))));
    const present = Promise.all(
      Array.from({ length: 8 }, () => run(database, `{ person(by: { id: "${idOf('Person', person)}" }) { name } }`)),
    );
    for (const answer of await asOfThen) expect(answer).toMatchObject({ person: { name: 'Ana Lima' } });
    for (const answer of await present) expect(answer).toMatchObject({ person: { name: 'Ana de Lima' } });
    const settings = await Promise.all(
      Array.from({ length: 12 }, () => database.raw(`SELECT current_setting('verbatim.as_of', true) AS setting`)),
    );
    for (const [row] of settings) expect(row?.setting || null).toBeNull();
  });

  test('a transaction counts as a whole, and while it was under way as nothing', async () => {
    const other = crypto.randomUUID();
    await database.prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe(update('Person', person, { gender: 'female' }));
      await tx.$executeRawUnsafe(insertion('Person', { id: other, status: 'PUBLISHED' }));
      await sleep(1100);
      await tx.$executeRawUnsafe(update('Person', person, { gender: 'unknown' }));
      await tx.$executeRawUnsafe(insertion('Name', { personId: person, name: 'A. de L.' }));
    });
    const ats = await database.raw(
      `SELECT DISTINCT "at" FROM history.revision WHERE "rowId" IN ('${person}', '${other}') AND id > (SELECT max(id) - 8 FROM history.revision) ORDER BY 1`,
    );
    const instants = ats.map(({ at }) => new Date(at as string).toISOString());
    const [first = '', last = ''] = [instants.at(-2), instants.at(-1)];
    const query = (asOf: string) => `{ person(by: { id: "${idOf('Person', person)}" }, asOf: "${asOf}") { gender names { name } } }`;
    expect(await run(database, query(first))).toEqual({ person: { gender: null, names: [] } });
    expect(await refused(database, `{ person(by: { id: "${idOf('Person', other)}" }, asOf: "${first}") { id } }`)).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await run(database, query(await now()))).toEqual({ person: { gender: 'unknown', names: [{ name: 'A. de L.' }] } });
    expect(last > first).toBe(true);
  });

  test('what was taken back since stays hidden from readers, and not from editors', async () => {
    const [statement, topic] = [crypto.randomUUID(), crypto.randomUUID()];
    await database.raw(insertion('Statement', { id: statement, speakerPersonId: person, text: 'It was so.', status: 'PUBLISHED' }));
    await database.raw(insertion('StatementTopic', { id: topic, statementId: statement, eventId: null, personId: person }));
    const before = await now();
    await database.raw(update('Statement', statement, { status: 'RETRACTED', retractionReason: 'It was not so.' }));
    await now();
    const one = `{ statement(by: { id: "${idOf('Statement', statement)}" }, asOf: "${before}") { text } }`;
    const list = `{ person(by: { id: "${idOf('Person', person)}" }, asOf: "${before}") { statements { totalCount nodes { text } } } }`;
    expect(await refused(database, one)).toMatchObject({ code: 'RETRACTED', message: expect.stringContaining('It was not so.') });
    expect(await run(database, list)).toEqual({ person: { statements: { totalCount: 0, nodes: [] } } });
    expect(await refused(as(database, 'CONTRIBUTOR'), one)).toMatchObject({ code: 'RETRACTED' });
    expect(await run(as(database, 'EDITOR'), one)).toEqual({ statement: { text: 'It was so.' } });
    expect(await run(as(database, 'EDITOR'), list)).toEqual({ person: { statements: { totalCount: 1, nodes: [{ text: 'It was so.' }] } } });
  });

  test('a draft stays its maker’s', async () => {
    const draft = crypto.randomUUID();
    await database.raw(insertion('Person', { id: draft, name: 'Draft', createdBy: 'token:contributor' }));
    const before = await now();
    await database.raw(update('Person', draft, { name: 'Changed' }));
    await now();
    const query = `{ person(by: { id: "${idOf('Person', draft)}" }, asOf: "${before}") { name } }`;
    expect(await run(as(database, 'CONTRIBUTOR'), query)).toEqual({ person: { name: 'Draft' } });
    expect(await refused(as(database, 'CONTRIBUTOR', 'token:other'), query)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused(database, query)).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('no statement is sent for each row', async () => {
    database.statements.length = 0;
    await run(database, asked(made));
    // The instant is set, the query is answered, and that is one transaction.
    expect(database.statements.filter((sql) => sql.startsWith('SELECT'))).toHaveLength(2);
  });
});
