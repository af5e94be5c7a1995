import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../src/verify/verify.ts';
import { as } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { done, mistake } from './mutate.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database?.close());

test('a retracted statement is published again only if its speaker held the capacity then', async () => {
  const editor = as(database, 'EDITOR');
  const { id: person } = await done(editor, 'createPerson', { name: 'Ana Lima', publish: true });
  const { id: organization } = await done(editor, 'createOrganization', { name: 'The Daily', publish: true });
  const member = { member: { person: { id: person } }, organization: { id: organization }, startDate: '2019', publish: true };
  const { id: capacity } = await done(editor, 'addMembership', member);
  const { id } = await done(editor, 'createStatement', {
    text: 'It is over.',
    language: 'en',
    quoteType: 'DIRECT',
    speaker: { person: { id: person } },
    capacity,
    date: '2020-05',
    publish: true,
  });
  expect(await mistake(editor, 'updateMembership', { id: capacity, startDate: '2021' })).toMatchObject({ code: 'CAPACITY_NOT_THEN' });
  await done(editor, 'retract', { id, reason: 'In another capacity.' });
  await done(editor, 'updateMembership', { id: capacity, startDate: '2021' });
  expect(await mistake(editor, 'publish', { id })).toEqual({
    code: 'CAPACITY_NOT_THEN',
    message:
      'Its speaker did not hold the place that it names as the capacity on its date, by what the record says now. Change one of them first.',
    path: ['id'],
  });
  expect((await verify(database.prisma)).findings).toEqual([]);
  await done(editor, 'updateStatement', { id, date: '2021-05' });
  await done(editor, 'publish', { id });
  expect((await verify(database.prisma)).findings).toEqual([]);
});
