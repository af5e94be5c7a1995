import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../server/start.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { subscribe } from './subscribe.ts';

let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startServer(database);
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

test('a change is told with its record', async () => {
  const heard = await subscribe(
    server,
    'subscription { recordChanged { cursor id type action revision at by record { id status ... on Person { name } } } }',
  );
  const { id } = await database.prisma.person.create({ data: { name: 'Ana Lima', sortName: 'Lima', status: 'PUBLISHED' } });
  await database.prisma.person.update({ where: { id }, data: { gender: 'female' } });
  const told = await heard.until(2);
  heard.stop();
  expect(told.map(({ data }) => data?.recordChanged)).toEqual([
    expect.objectContaining({ type: 'Person', action: 'PUBLISHED', revision: 1, record: expect.objectContaining({ name: 'Ana Lima' }) }),
    expect.objectContaining({ type: 'Person', action: 'UPDATED', revision: 2 }),
  ]);
});
