import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, refused } from '../support/ask.ts';
import { Random, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { nodeTypes } from '../support/everything.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { globalId, uuidOf } from '../support/filters.ts';
import { Oracle } from '../support/oracle.ts';
import type { Filled } from '../support/random.ts';

// What isn't there and what may not be seen have the same answer: docs/decisions/0014-missing-records.md.

let database: TestDatabase;
let filled: Filled;
let oracle: Oracle;

beforeAll(async () => {
  const copy = await openFilledDatabase(12);
  database = copy;
  filled = copy.filled;
  oracle = await Oracle.load(database);
});

afterAll(() => database?.close());

/** Who can hold an identifier, by the column. */
const holders = {
  personId: 'Person',
  organizationId: 'Organization',
  placeId: 'Place',
  eventId: 'Event',
  documentId: 'Document',
  statementId: 'Statement',
};

describe('what can’t be had is told in one way', () => {
  const nouns = {
    person: 'Person',
    organization: 'Organization',
    place: 'Place',
    event: 'Event',
    document: 'Document',
    statement: 'Statement',
    review: 'Review',
  };
  const some = (type: string, status: string) => oracle.all(type).filter((row) => row.status === status);

  /** The two ways to ask for one record by its id. */
  const ways = (type: string) => {
    const [field] = Object.entries(nouns).find(([, noun]) => noun === type) ?? [];
    const byId = `query ($id: ID!) { found: node(id: $id) { id } }`;
    return field ? [byId, `query ($id: ID!) { found: ${field}(by: { id: $id }) { id } }`] : [byId];
  };

  test.each(nodeTypes())('%s', async (type) => {
    const unknown = globalId(type, new Random(seed + 1).uuid());
    for (const way of ways(type)) {
      const asked = (id: string) => refused(database, way, { id });
      const missing = await asked(unknown);
      expect(missing).toEqual({ code: 'NOT_FOUND', message: `There is no such ${type}.`, path: ['found'] });
      const drafts = some(type, 'DRAFT');
      expect(drafts.length).toBeGreaterThan(0);
      for (const { id } of drafts.slice(0, 3)) expect(await asked(globalId(type, id))).toEqual(missing);
      for (const row of some(type, 'RETRACTED').slice(0, 3)) {
        const { errors } = await ask(database, way, { id: globalId(type, row.id) });
        expect(errors[0]?.extensions).toMatchObject({ code: 'RETRACTED', reason: row.retractionReason });
        expect(errors[0]?.message).toBe(`This ${type} was retracted: ${row.retractionReason}`);
      }
      // A link that is published and leads to what may not be seen is as good as none.
      const dangling = oracle.all(type).filter((row) => row.status === 'PUBLISHED' && !oracle.sees(type, row));
      for (const { id } of dangling.slice(0, 3)) expect(await asked(globalId(type, id))).toEqual(missing);
      const other = globalId(type === 'Person' ? 'Place' : 'Person', filled[type === 'Person' ? 'Place' : 'Person'][0] ?? '');
      if (way.includes('by:')) expect(await asked(other)).toMatchObject({ code: 'INVALID_ID' });
      const parts = [
        globalId('Name', new Random(seed + 1).uuid()),
        globalId('Query', new Random(seed + 1).uuid()),
        globalId('Nothing', new Random(seed + 1).uuid()),
      ];
      for (const id of [
        '',
        'x',
        '%',
        uuidOf(unknown),
        unknown.slice(0, -6),
        globalId(type, 'x'),
        globalId('', uuidOf(unknown)),
        '🕊️',
        ...parts,
      ]) {
        expect(await asked(id), id).toMatchObject({ code: 'INVALID_ID', path: ['found'] });
      }
    }
  });

  test('also when several are asked for: each has its place and its error', async () => {
    const [seen, draft, retracted] = [oracle.seen('Person')[0], some('Person', 'DRAFT')[0], some('Person', 'RETRACTED')[0]].map((row) =>
      globalId('Person', row?.id ?? ''),
    );
    const ids = [seen, draft, 'x', retracted, globalId('Place', new Random(seed + 1).uuid()), seen];
    const { data, errors } = await ask(database, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(data).toEqual({ nodes: [{ id: seen }, null, null, null, null, { id: seen }] });
    const told = errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).sort();
    expect(told).toEqual(['nodes.1 NOT_FOUND', 'nodes.2 INVALID_ID', 'nodes.3 RETRACTED', 'nodes.4 NOT_FOUND']);
    expect(await refused(database, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(101).fill(seen) })).toMatchObject({
      code: 'INVALID_PAGE',
    });
  });

  test('and by an identifier or a place on the web', async () => {
    for (const identifier of oracle.all('Identifier')) {
      const [[column, type] = ['', '']] = Object.entries(holders).filter(([each]) => identifier[each]);
      const row = oracle.get(type, identifier[column]);
      const field = Object.entries(nouns).find(([, noun]) => noun === type)?.[0] ?? '';
      const { data, errors } = await ask(database, `query ($by: ${type}Ref!) { found: ${field}(by: $by) { id } }`, {
        by: { identifier: { scheme: identifier.scheme, value: identifier.value } },
      });
      const isSeen: boolean = oracle.sees(type, row);
      if (isSeen) expect(data).toEqual({ found: { id: globalId(type, row?.id ?? '') } });
      else expect(errors[0]?.extensions.code).toBe(row?.status === 'RETRACTED' ? 'RETRACTED' : 'NOT_FOUND');
    }
    for (const row of oracle.all('Document').filter(({ url }) => url)) {
      const { data, errors } = await ask(database, 'query ($url: String!) { document(by: { url: $url }) { id } }', { url: row.url });
      const isSeen: boolean = oracle.sees('Document', row);
      if (isSeen) expect(data).toEqual({ document: { id: globalId('Document', row.id) } });
      else expect(errors[0]?.extensions.code).toBe(row.status === 'RETRACTED' ? 'RETRACTED' : 'NOT_FOUND');
    }
  });
});
