import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Role } from '../../src/auth/roles.ts';
import { createToken, revokeToken } from '../../src/auth/write.ts';
import { type RunningServer, startServer } from '../server/start.ts';
import { as, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { done, mutate } from '../write/mutate.ts';
import { codesOf, type Heard, type Result, subscribe } from './subscribe.ts';

let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startServer(database);
});

afterEach(() => {
  vi.useRealTimers();
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

const query = `subscription ($after: String) {
  recordChanged(after: $after) { cursor id type action by record { id status createdBy } }
}`;

interface Told {
  cursor: string;
  id: string;
  type: string;
  action: string;
  by: string | null;
  record: { id: string; status: string; createdBy: string | null } | null;
}

const toldOf = (results: readonly Result[]) => results.map(({ data }) => data?.recordChanged as Told);

let count = 0;

async function tokenFor(role: Role, more: { name?: string; expiresAt?: Date } = {}): Promise<string> {
  count += 1;
  return (await createToken(database.prisma, { name: `${role.toLowerCase()}-${count}`, role, ...more }, null)).secret;
}

const editor = () => as(database, 'EDITOR', 'token:editor');
const place = (name: string, publish = true) => done(editor(), 'createPlace', { name, publish });

/** What a stream tells until a record is published that ends it. */
async function untilEnd(heard: Heard, end: string): Promise<Told[]> {
  for (let i = 1; ; i++) {
    const told = toldOf(await heard.until(i));
    if (told.at(-1)?.id === end) return told.slice(0, -1);
  }
}

test('each is told of what they may see, and of nothing else', async () => {
  const maker = as(database, 'CONTRIBUTOR', 'token:maker');
  const tokens = {
    reader: undefined,
    account: await tokenFor('READER'),
    maker: await tokenFor('CONTRIBUTOR', { name: 'maker' }),
    other: await tokenFor('CONTRIBUTOR', { name: 'other' }),
    editor: await tokenFor('EDITOR', { name: 'editor' }),
  };
  const from = (await run(database, '{ changeCursor }')).changeCursor;
  const listening = async (variables: object) =>
    Promise.all(
      Object.entries(tokens).map(
        async ([who, token]) =>
          [who, await subscribe(server, query, { ...(token ? { token } : {}), variables: { ...variables } })] as const,
      ),
    );
  const live = await listening({});
  const names = new Map<string, string>();
  const name = async (as: string, making: Promise<{ id: string }>) => {
    const { id } = await making;
    names.set(id, as);
    return id;
  };

  const draft = await name('draft', done(maker, 'createPerson', { name: 'Draft' }));
  await done(editor(), 'updatePerson', { id: draft, gender: 'female' });
  const secret = await name('secret', done(editor(), 'createPerson', { name: 'Secret' }));
  await done(editor(), 'retract', { id: secret, reason: 'Nobody is to know.' });
  await done(editor(), 'publish', { id: draft });
  await done(editor(), 'updatePerson', { id: draft, gender: 'male' });
  await done(editor(), 'retract', { id: draft, reason: 'It was wrong.' });
  await done(editor(), 'updatePerson', { id: draft, gender: 'female' });
  await done(editor(), 'publish', { id: draft });
  const kept = await name('kept', done(editor(), 'createPerson', { name: 'Kept', publish: true }));
  await done(editor(), 'merge', { survivor: kept, duplicate: draft });
  await done(editor(), 'unmerge', { id: draft });
  await done(editor(), 'retract', { id: draft, reason: 'It was wrong again.' });
  await done(editor(), 'merge', { survivor: kept, duplicate: draft });
  const own = await name('own', done(maker, 'createPerson', { name: 'Own' }));
  await done(editor(), 'merge', { survivor: kept, duplicate: own });
  const organization = await name('group', done(editor(), 'createOrganization', { name: 'Group', publish: true }));
  const membership = (publish: boolean) =>
    done(editor(), 'addMembership', { member: { person: { id: kept } }, organization: { id: organization }, publish });
  const [seen, unseen] = [await name('seen link', membership(true)), await name('unseen link', membership(false))];
  for (const id of [seen, unseen]) await mutate(editor(), 'removeMembership', { id });
  const { id: end } = await place('The end');

  const readers = [
    'draft PUBLISHED',
    'draft UPDATED',
    'draft RETRACTED',
    'draft PUBLISHED',
    'kept PUBLISHED',
    'draft MERGED',
    'draft PUBLISHED',
    'draft RETRACTED',
    'draft MERGED',
    'group PUBLISHED',
    'seen link PUBLISHED',
    'seen link DELETED',
  ];
  const makers = ['draft CREATED', 'draft UPDATED', ...readers.slice(0, 9), 'own CREATED', 'own MERGED', ...readers.slice(9)];
  const editors = [
    'draft CREATED',
    'draft UPDATED',
    'secret CREATED',
    'secret RETRACTED',
    ...readers.slice(0, 3),
    // Changed while it was retracted.
    'draft UPDATED',
    ...readers.slice(3, 9),
    'own CREATED',
    'own MERGED',
    ...readers.slice(9, 11),
    'unseen link CREATED',
    'seen link DELETED',
    'unseen link DELETED',
  ];
  const expected: Record<string, string[]> = { reader: readers, account: readers, maker: makers, other: readers, editor: editors };
  // Those who were there, and those who come when all is over.
  for (const [who, heard] of [...live, ...(await listening({ after: from }))]) {
    const told = await untilEnd(heard, end);
    heard.stop();
    // What a merge does to the survivor and its links is not looked at here.
    const inShort = told
      .filter(({ id, action }) => names.has(id) && !(id === kept && action === 'UPDATED'))
      .map(({ id, action }) => `${names.get(id)} ${action}`);
    expect(inShort, who).toEqual(expected[who]);
    const isWorker = ['maker', 'other', 'editor'].includes(who);
    for (const { id, by, record } of told) {
      expect(by === null, who).toBe(!isWorker);
      if (record && !['maker', 'editor'].includes(who)) expect(record.status, `${who} ${names.get(id)}`).toBe('PUBLISHED');
    }
  }
});

test('a record is given as it is, and not at all when it may not be seen', async () => {
  const reader = await subscribe(server, query);
  const worker = await subscribe(server, query, { token: await tokenFor('EDITOR') });
  const { id } = await place('Soon gone');
  expect(toldOf(await reader.until(1))[0]?.record).toEqual({ id, status: 'PUBLISHED', createdBy: null });
  await done(editor(), 'retract', { id, reason: 'It is not there.' });
  expect(toldOf(await reader.until(2))[1]).toMatchObject({ id, action: 'RETRACTED', record: null });
  expect(toldOf(await worker.until(2))[1]?.record).toEqual({ id, status: 'RETRACTED', createdBy: 'token:editor' });
  for (const each of [reader, worker]) each.stop();
});

describe('statementPublished', () => {
  const statements = `subscription ($where: StatementFilter, $after: String) {
    statementPublished(where: $where, after: $after) { cursor statement { id text status speaker { __typename } } }
  }`;
  const textsOf = (results: readonly Result[]) =>
    results.map(({ data }) => (data as { statementPublished: { statement: { text: string } } }).statementPublished.statement.text);
  const say = (text: string, language: string, publish: boolean) =>
    done(editor(), 'createStatement', { text, language, quoteType: 'DIRECT', attributionText: 'a spokesman', publish });

  test('tells of those that meet a filter, when they are published', async () => {
    const from = (await run(database, '{ changeCursor }')).changeCursor;
    const where = { language: { eq: 'fr' } };
    const heard = await subscribe(server, statements, { variables: { where } });
    const all = await subscribe(server, statements, { token: await tokenFor('EDITOR') });
    await say('C’est fini.', 'fr', true);
    await say('It’s over.', 'en', true);
    const draft = await say('Au revoir.', 'fr', false);
    await done(editor(), 'updateStatement', { id: draft.id, text: 'Adieu.' });
    await done(editor(), 'publish', { id: draft.id });
    await done(editor(), 'updateStatement', { id: draft.id, text: 'Adieu !' });
    await done(editor(), 'retract', { id: draft.id, reason: 'It was not said.' });
    await say('Voilà.', 'fr', true);
    // As they are when they are told: the one that was retracted may have been told of before.
    expect(textsOf(await heard.until(2))[0]).toBe('C’est fini.');
    const withoutDraft = (texts: string[]) => texts.filter((text) => !text.startsWith('Adieu'));
    await expect.poll(() => withoutDraft(textsOf(heard.results)), { timeout: 60_000 }).toEqual(['C’est fini.', 'Voilà.']);
    await expect.poll(() => withoutDraft(textsOf(all.results)), { timeout: 60_000 }).toEqual(['C’est fini.', 'It’s over.', 'Voilà.']);
    for (const each of [heard, all]) each.stop();
    // To one who comes later it is not told any more.
    database.statements.length = 0;
    const later = await subscribe(server, statements, { variables: { where, after: from } });
    expect(textsOf(await later.until(2))).toEqual(['C’est fini.', 'Voilà.']);
    later.stop();
    const filtering = database.statements.filter((sql) => sql.includes('"Statement"') && sql.includes('"language"'));
    // One that chooses among all, and one for each event.
    expect(filtering.length).toBeLessThanOrEqual(3);
  });
});

describe('a token', () => {
  const refusal = { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };

  test('that is revoked ends its subscriptions, before anything that is done then', async () => {
    const names = ['one', 'two', 'three'];
    const all = await Promise.all(
      names.map(async (name) => {
        const token = await tokenFor('EDITOR', { name });
        return [await subscribe(server, query, { token }), await subscribe(server, query, { token })];
      }),
    );
    for (const [i, name] of names.entries()) {
      await revokeToken(database.prisma, name);
      // For the first, nothing else happens.
      const made = i > 0 ? await place(`After ${name} was revoked`) : undefined;
      for (const heard of all[i] ?? []) {
        await heard.ended;
        expect(heard.results.at(-1)).toMatchObject(refusal);
        expect(toldOf(heard.results.slice(0, -1)).map(({ id }) => id)).not.toContain(made?.id);
      }
    }
  });

  test('that expires ends its subscriptions, with the next change or without', async () => {
    const expiresAt = new Date(Date.now() + 24 * 60 * 60 * 1000);
    const heard = await subscribe(server, query, { token: await tokenFor('EDITOR', { expiresAt }) });
    const told = await place('Before it expired');
    await heard.until(1);
    vi.useFakeTimers({ toFake: ['Date'], now: expiresAt.getTime() + 1_000 });
    await place('After it expired');
    await heard.ended;
    expect(toldOf(heard.results.slice(0, -1)).map(({ id }) => id)).toEqual([told.id]);
    expect(heard.results.at(-1)).toMatchObject(refusal);
  });

  test('whose role is lowered shows no more than its new one', async () => {
    const heard = await subscribe(server, query, { token: await tokenFor('EDITOR', { name: 'lowered' }) });
    const first = await place('Draft for an editor', false);
    await heard.until(1);
    await database.prisma.token.updateMany({ where: { name: 'lowered' }, data: { role: 'READER' } });
    await place('Draft for another editor', false);
    const last = await place('For all');
    expect(toldOf(await heard.until(2)).map(({ id, by }) => [id, by])).toEqual([
      [first.id, 'token:editor'],
      [last.id, null],
    ]);
    heard.stop();
  });

  test('that is none is refused at once', async () => {
    const heard = await subscribe(server, query, { token: 'nonsense' });
    expect(await heard.ended).toMatchObject({ response: { status: 401 } });
    expect(heard.results.flatMap(codesOf)).toEqual([]);
  });
});
