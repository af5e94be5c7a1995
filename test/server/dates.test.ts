import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEdtf } from '../../src/edtf.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type RunningServer, startServer } from './start.ts';

// Every date that is accepted must get through to the database and back.

let database: TestDatabase;
let server: RunningServer;
const id = '00000000-0000-7000-8000-000000000001';

beforeAll(async () => {
  database = await openTestDatabase();
  await database.prisma.person.create({ data: { id, name: 'Someone', sortName: 'Someone', status: 'PUBLISHED' } });
  server = await startServer(database);
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

const dates = [
  '0001',
  '0001-01-01',
  '0001-01-01T00:00:00Z',
  '0004-02-29',
  '0044-03',
  '009X',
  '2021-24',
  '9999',
  '9999-12-31',
  '../0001',
  '9999/..',
  '../..',
  '/',
];

describe.each(dates)('the date %s', (edtf) => {
  it('can be kept, found and shown', async () => {
    const { earliest, latest } = parseEdtf(edtf);
    const kept = await database.prisma.person.update({
      where: { id },
      data: { birthDate: edtf, birthEarliest: earliest, birthLatest: latest },
    });
    expect([kept.birthEarliest, kept.birthLatest]).toEqual([earliest, latest]);
    const answer = await server.ask(
      `query ($date: EDTF!, $id: ID!) {
        people(where: { birthDate: { overlaps: $date } }) { nodes { birthDate } }
        before: people(where: { birthDate: { before: $date } }) { totalCount }
        after: people(where: { birthDate: { after: $date } }) { totalCount }
        timeline(of: $id, during: $date) { totalCount }
      }`,
      { date: edtf, id: Buffer.from(`Person:${id}`).toString('base64url') },
    );
    expect(answer.body).toEqual({
      data: { people: { nodes: [{ birthDate: edtf }] }, before: { totalCount: 0 }, after: { totalCount: 0 }, timeline: { totalCount: 0 } },
    });
  });
});

it.each(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])('the instant %s can be asked for', async (instant) => {
  const query =
    'query ($instant: DateTime!) { people(where: { createdAt: { before: $instant } }) { nodes { name } } after: people(where: { createdAt: { after: $instant } }) { nodes { name } } }';
  const { body } = await server.ask(query, { instant });
  const [all, none] = [{ nodes: [{ name: 'Someone' }] }, { nodes: [] }];
  expect(body).toEqual({ data: instant.startsWith('9999') ? { people: all, after: none } : { people: none, after: all } });
});
