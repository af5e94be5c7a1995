import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseEdtf } from '../../src/edtf.ts';
import { createOrganization } from '../../src/organizations/write.ts';
import { createMembership } from '../../src/organizations/write-membership.ts';
import { createPerson } from '../../src/people/write.ts';
import { createStatement } from '../../src/statements/write.ts';
import { graphql } from '../generated/gql.ts';
import { run } from '../support/ask.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { Oracle, type Row } from '../support/oracle.ts';

const published = { status: 'PUBLISHED' } as const;
const globalId = (model: string, id: string) => Buffer.from(`${model}:${id}`).toString('base64');
const uuidOf = (id: string) => Buffer.from(id, 'base64').toString().split(':')[1] ?? '';

const Positions = graphql(`
  query PositionsAt($id: ID!, $at: EDTF!) {
    person(by: { id: $id }) {
      positions(at: $at, first: 100) {
        totalCount
        edges {
          isCertain
          node {
            id
          }
        }
      }
    }
  }
`);

const Capacities = graphql(`
  query CapacitiesOf($ids: [ID!]!) {
    statements(where: { id: { in: $ids } }, first: 100) {
      nodes {
        id
        capacity {
          basis
          memberships {
            id
          }
        }
      }
    }
  }
`);

let database: TestDatabase;
let oracle: Oracle;
beforeAll(async () => {
  database = await openFilledDatabase(24);
  oracle = await Oracle.load(database);
}, 300_000);
afterAll(() => database.close());

interface Stretch {
  earliest: number | null;
  latest: number | null;
}

/** A missing bound leaves it possible, and never makes it certain. */
const isPossible = ({ startEarliest, endLatest }: Row, { earliest, latest }: Stretch) =>
  (startEarliest === null || latest === null || (startEarliest as number) <= latest) &&
  (endLatest === null || earliest === null || (endLatest as number) >= earliest);
const isCertain = ({ startLatest, endEarliest }: Row, { earliest, latest }: Stretch) =>
  startLatest !== null && endEarliest !== null && earliest !== null && latest !== null
    ? (startLatest as number) <= earliest && (endEarliest as number) >= latest
    : false;

test('positions are the memberships that the dates allow, and tell which they leave no doubt of', async () => {
  const seen = { certain: 0, possible: 0, excluded: 0 };
  for (const person of oracle.seen('Person').slice(0, 15)) {
    for (const at of ['2020', '2021-12-09', '2019~/2021', '2021-07/..']) {
      const { earliest, latest } = parseEdtf(at);
      const time = { earliest: earliest?.getTime() ?? null, latest: latest?.getTime() ?? null };
      const memberships = oracle.seen('Membership').filter(({ personId }) => personId === person.id);
      const possible = memberships.filter((row) => isPossible(row, time));
      const answer = await run(database, Positions, { id: globalId('Person', person.id), at });
      const edges = answer.person?.positions.edges ?? [];
      expect(answer.person?.positions.totalCount).toBe(possible.length);
      expect(edges.map(({ node }) => uuidOf(node.id)).sort()).toEqual(possible.map(({ id }) => id).sort());
      for (const { node, isCertain: certain } of edges) {
        expect(certain).toBe(isCertain(oracle.get('Membership', uuidOf(node.id)) as Row, time));
        seen[certain ? 'certain' : 'possible']++;
      }
      seen.excluded += memberships.length - possible.length;
    }
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});

test('a capacity is the one that is recorded, else what the memberships say for the date', async () => {
  const seen = new Map<unknown, number>();
  const statements = oracle.seen('Statement').slice(0, 80);
  const answer = await run(database, Capacities, { ids: statements.map(({ id }) => globalId('Statement', id)) });
  for (const { id, capacity } of answer.statements.nodes) {
    const statement = oracle.get('Statement', uuidOf(id)) as Row;
    const found = capacity?.memberships.map((membership) => uuidOf(membership.id)).sort();
    seen.set(capacity?.basis, (seen.get(capacity?.basis) ?? 0) + 1);
    if (statement.capacityId) {
      const recorded = oracle.get('Membership', statement.capacityId);
      expect(found).toEqual(oracle.sees('Membership', recorded) ? [recorded.id] : undefined);
      continue;
    }
    const time = { earliest: statement.earliest as number | null, latest: statement.latest as number | null };
    const possible = oracle
      .seen('Membership')
      .filter(
        (row) =>
          (row.personId ?? row.memberOrganizationId) === (statement.speakerPersonId ?? statement.speakerOrganizationId ?? 'nobody') &&
          statement.date !== null &&
          isPossible(row, time),
      );
    expect(found).toEqual(possible.length > 0 ? possible.map((row) => row.id).sort() : undefined);
  }
  expect([...seen.keys()].sort()).toEqual(['MEMBERSHIPS', 'RECORDED', undefined]);
});

test('a capacity must be the speaker’s, and its dates must allow it', async () => {
  const { prisma } = database;
  const [speaker, other] = [
    await createPerson(prisma, { ...published, name: 'A', sortName: 'A' }),
    await createPerson(prisma, { ...published, name: 'B', sortName: 'B' }),
  ];
  const organizationId = await createOrganization(prisma, { ...published, name: 'O' });
  const capacityId = await createMembership(prisma, {
    ...published,
    member: { person: speaker },
    organizationId,
    startDate: '2020',
    endDate: '2021',
  });
  const say = (person: string, date?: string) =>
    createStatement(prisma, { ...published, text: 'x', language: 'en', quoteType: 'DIRECT', speaker: { person }, capacityId, date });
  await expect(say(other)).rejects.toThrow('a membership of somebody else');
  await expect(say(speaker, '2019')).rejects.toThrow('only from 2020 on');
  await expect(say(speaker, '2022')).rejects.toThrow('only until 2021');
  for (const date of ['2020-05', '2021-12-31', '2019/2022', undefined]) await say(speaker, date);
});

test('what a capacity rests on is told without its memberships as well', async () => {
  const list = (of: string) => `{ statements(first: 100) { nodes { id capacity { ${of} } } } }`;
  const [alone, whole] = [await run(database, list('basis')), await run(database, list('basis memberships { id }'))];
  const bases = ({ statements }: Record<string, unknown>) =>
    (statements as { nodes: { capacity: { basis: string } | null }[] }).nodes.map(({ capacity }) => capacity?.basis);
  expect(bases(alone)).toEqual(bases(whole));
  expect(bases(alone)).toContain('RECORDED');
});
