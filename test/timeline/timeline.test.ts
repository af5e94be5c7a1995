import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEdtf } from '../../src/edtf.ts';
import { graphql } from '../generated/gql.ts';
import type { TimelineOfQueryVariables } from '../generated/graphql.ts';
import { refused, run } from '../support/ask.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { Oracle, type Row } from '../support/oracle.ts';

const Timeline = graphql(`
  query TimelineOf($of: ID!, $during: EDTF, $kinds: [TimelineKind!], $direction: OrderDirection! = ASC, $first: Int, $after: String) {
    timeline(of: $of, during: $during, kinds: $kinds, direction: $direction, first: $first, after: $after) {
      totalCount
      edges {
        node {
          date
          endDate
          record {
            __typename
            id
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

let database: TestDatabase;
let oracle: Oracle;
beforeAll(async () => {
  database = await openFilledDatabase(12);
  oracle = await Oracle.load(database);
}, 300_000);
afterAll(() => database.close());

const globalId = (model: string, id: string) => Buffer.from(`${model}:${id}`).toString('base64');
const uuidOf = (id: string) => Buffer.from(id, 'base64').toString().split(':')[1] ?? '';

/** All entries, taken in pages. */
async function timelineOf(model: string, id: string, rest: Partial<TimelineOfQueryVariables> = {}, size = 7) {
  const entries: { kind: string; id: string; date: unknown }[] = [];
  for (let after: string | null | undefined; ; ) {
    const { timeline } = await run(database, Timeline, { direction: 'ASC', ...rest, of: globalId(model, id), first: size, after });
    entries.push(...timeline.edges.map(({ node: { date, record } }) => ({ kind: record.__typename, id: uuidOf(record.id), date })));
    if (!timeline.pageInfo.hasNextPage) {
      expect(entries).toHaveLength(timeline.totalCount);
      return entries;
    }
    after = timeline.pageInfo.endCursor;
  }
}

interface Entry {
  kind: string;
  row: Row;
  earliest: number | null;
  latest: number | null;
  dated: boolean;
}

/** The same by plain JavaScript over all rows. */
function expected(model: string, id: string): Entry[] {
  const below = (of: string) =>
    new Set([
      id,
      ...oracle
        .all(of)
        .filter(({ ancestorIds }) => (ancestorIds as string[]).includes(id))
        .map((row) => row.id),
    ]);
  const places = model === 'Place' ? below('Place') : new Set<unknown>();
  const events = model === 'Event' ? below('Event') : new Set<unknown>();
  const column = { Person: 'personId', Organization: 'organizationId', Place: 'placeId', Event: 'eventId' }[model] ?? '';
  const isSubject = (value: unknown) =>
    value === id || (model === 'Place' && places.has(value)) || (model === 'Event' && events.has(value));
  const about = new Set(
    oracle
      .all('StatementTopic')
      .filter((topic) => isSubject(topic[column]))
      .map(({ statementId }) => statementId),
  );
  const attended = new Set(
    oracle
      .all('Participation')
      .filter((row) => row.status === 'PUBLISHED' && (row.personId === id || row.organizationId === id))
      .map(({ eventId }) => eventId),
  );
  const entry = (kind: string, earliest: string, latest: (row: Row) => unknown, dates: string[]) => (row: Row) => ({
    kind,
    row,
    earliest: row[earliest] as number | null,
    latest: latest(row) as number | null,
    dated: dates.some((name) => row[name] !== null),
  });
  return [
    ...oracle
      .seen('Event')
      .filter((row) => attended.has(row.id) || places.has(row.placeId) || events.has(row.id))
      // An end that is open is not that of the date.
      .map(entry('Event', 'earliest', (row) => (row.endDate === null ? row.latest : row.endLatest), ['date'])),
    ...oracle
      .seen('Statement')
      .filter(
        (row) =>
          about.has(row.id) ||
          places.has(row.venueId) ||
          [row.speakerPersonId, row.speakerOrganizationId, row.addresseePersonId, row.addresseeOrganizationId].includes(id),
      )
      .map(entry('Statement', 'earliest', ({ latest }) => latest, ['date'])),
    ...oracle
      .seen('Membership')
      .filter((row) => [row.personId, row.memberOrganizationId, row.organizationId].includes(id))
      .map(entry('Membership', 'startEarliest', ({ endLatest }) => endLatest, ['startDate', 'endDate'])),
  ];
}

/** What has no first instant comes last in either direction; equals stand in the order of their ids. */
function sorted(entries: Entry[], sign: 1 | -1): string[] {
  const compare = (a: Entry, b: Entry) => {
    if ((a.earliest === null) !== (b.earliest === null)) return a.earliest === null ? 1 : -1;
    return sign * ((a.earliest ?? 0) - (b.earliest ?? 0) || (a.row.id < b.row.id ? -1 : 1));
  };
  return entries.toSorted(compare).map(({ kind, row }) => `${kind} ${row.id}`);
}

const shown = (entries: { kind: string; id: string }[]) => entries.map(({ kind, id }) => `${kind} ${id}`);

describe.each(['Person', 'Organization', 'Place', 'Event'])('the timeline of a %s', (model) => {
  test('has what belongs to it, each once, in the order of time', async () => {
    let most = 0;
    for (const { id } of oracle.seen(model).slice(0, 12)) {
      const entries = expected(model, id);
      most = Math.max(most, entries.length);
      expect(shown(await timelineOf(model, id))).toEqual(sorted(entries, 1));
      expect(shown(await timelineOf(model, id, { direction: 'DESC' }, 3))).toEqual(sorted(entries, -1));
    }
    expect(most).toBeGreaterThan(3);
  });

  test('can be cut to a time and to kinds', async () => {
    const seenKinds = new Set<string>();
    for (const { id } of oracle.seen(model).slice(0, 8)) {
      for (const during of ['2020', '2021-06/..', '../2019', '1990/2030', '2021-07']) {
        const { earliest, latest } = parseEdtf(during);
        const within = expected(model, id).filter(
          (entry) =>
            entry.dated &&
            (entry.earliest === null || latest === null || entry.earliest <= latest.getTime()) &&
            (entry.latest === null || earliest === null || entry.latest >= earliest.getTime()),
        );
        expect(shown(await timelineOf(model, id, { during }))).toEqual(sorted(within, 1));
      }
      for (const kind of ['EVENT', 'STATEMENT', 'MEMBERSHIP'] as const) {
        const entries = expected(model, id).filter((entry) => entry.kind.toUpperCase() === kind);
        if (entries.length > 0) seenKinds.add(kind);
        expect(shown(await timelineOf(model, id, { kinds: [kind] }))).toEqual(sorted(entries, 1));
      }
    }
    expect(seenKinds.size).toBeGreaterThanOrEqual(2);
  });
});

test('an entry has the dates of its record', async () => {
  for (const { id } of oracle.seen('Person').slice(0, 5)) {
    for (const { kind, id: entry, date } of await timelineOf('Person', id)) {
      const row = oracle.get(kind, entry);
      expect(date).toBe(kind === 'Membership' ? row?.startDate : row?.date);
    }
  }
});

test('only people, organizations, places and events that may be seen have one', async () => {
  const ask = (of: string) => refused(database, Timeline, { of, direction: 'ASC' });
  const [document] = oracle.seen('Document');
  const draft = oracle.all('Person').find(({ status }) => status === 'DRAFT');
  const retracted = oracle.all('Person').find(({ status }) => status === 'RETRACTED');
  expect(await ask(globalId('Document', document?.id ?? ''))).toMatchObject({ code: 'INVALID_ID', path: ['timeline'] });
  expect(await ask('nonsense')).toMatchObject({ code: 'INVALID_ID' });
  const unknown = await ask(globalId('Person', '00000000-0000-7000-8000-000000000000'));
  expect(unknown).toMatchObject({ code: 'NOT_FOUND' });
  expect(await ask(globalId('Person', draft?.id ?? ''))).toEqual(unknown);
  expect(await ask(globalId('Person', retracted?.id ?? ''))).toMatchObject({ code: 'RETRACTED' });
});
