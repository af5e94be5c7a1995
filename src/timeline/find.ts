import type { Context } from '../context.ts';
import { rawRows } from '../database/reads.ts';
import type { Edtf } from '../edtf.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { RawPage } from '../graph/raw-page.ts';
import { rawVisible } from '../graph/raw-visible.ts';

export type EntryKind = 'EVENT' | 'STATEMENT' | 'MEMBERSHIP';

export interface Wanted {
  model: keyof typeof subjects;
  id: string;
  during: Edtf | undefined;
  kinds: readonly EntryKind[] | undefined;
}

export interface Entry {
  id: string;
  kind: EntryKind;
  earliest: Date | null;
}

/** Conditions on an event `e`, a statement `s` and a membership `m` that belong to a subject. */
interface Parts {
  EVENT: Prisma.Sql;
  STATEMENT: Prisma.Sql;
  MEMBERSHIP: Prisma.Sql;
}

/** The condition that the viewer may see the record of that alias. */
type Sees = (alias: string) => Prisma.Sql;

const none = Prisma.sql`false`;

const subjects = {
  Person: (id: string, sees: Sees): Parts => ({
    EVENT: Prisma.sql`e.id IN (SELECT p."eventId" FROM "Participation" AS p WHERE p."personId" = ${id}::uuid AND ${sees('p')})`,
    STATEMENT: Prisma.sql`s.id IN (
      SELECT id FROM "Statement" WHERE "speakerPersonId" = ${id}::uuid
      UNION SELECT id FROM "Statement" WHERE "addresseePersonId" = ${id}::uuid
      UNION SELECT "statementId" FROM "StatementTopic" WHERE "personId" = ${id}::uuid)`,
    MEMBERSHIP: Prisma.sql`m."personId" = ${id}::uuid`,
  }),
  Organization: (id: string, sees: Sees): Parts => ({
    EVENT: Prisma.sql`e.id IN (SELECT p."eventId" FROM "Participation" AS p WHERE p."organizationId" = ${id}::uuid AND ${sees('p')})`,
    STATEMENT: Prisma.sql`s.id IN (
      SELECT id FROM "Statement" WHERE "speakerOrganizationId" = ${id}::uuid
      UNION SELECT id FROM "Statement" WHERE "addresseeOrganizationId" = ${id}::uuid
      UNION SELECT "statementId" FROM "StatementTopic" WHERE "organizationId" = ${id}::uuid)`,
    MEMBERSHIP: Prisma.sql`(m."memberOrganizationId" = ${id}::uuid OR m."organizationId" = ${id}::uuid)`,
  }),
  Place: (id: string): Parts => {
    const places = Prisma.sql`(SELECT id FROM "Place" WHERE id = ${id}::uuid OR "ancestorIds" @> ARRAY[${id}::uuid])`;
    return {
      EVENT: Prisma.sql`e."placeId" IN ${places}`,
      STATEMENT: Prisma.sql`s.id IN (
        SELECT id FROM "Statement" WHERE "venueId" IN ${places}
        UNION SELECT "statementId" FROM "StatementTopic" WHERE "placeId" IN ${places})`,
      MEMBERSHIP: none,
    };
  },
  Event: (id: string): Parts => ({
    EVENT: Prisma.sql`(e.id = ${id}::uuid OR e."ancestorIds" @> ARRAY[${id}::uuid])`,
    STATEMENT: Prisma.sql`s.id IN (SELECT t."statementId" FROM "StatementTopic" AS t WHERE t."eventId" IN (
      SELECT id FROM "Event" WHERE id = ${id}::uuid OR "ancestorIds" @> ARRAY[${id}::uuid]))`,
    MEMBERSHIP: none,
  }),
};

export function isTimelineSubject(model: string): model is keyof typeof subjects {
  return Object.hasOwn(subjects, model);
}

/** Finds a page of a timeline: one statement. */
export async function findEntries(context: Context, wanted: Wanted, page: RawPage): Promise<Entry[]> {
  const sql = Prisma.sql`
    SELECT id, "kind", "earliest" FROM (${entries(context, wanted)}) AS entry
    WHERE ${page.where} ORDER BY ${page.orderBy} LIMIT ${page.limit}`;
  return rawRows<Entry>(context, sql, { id: 'Json', kind: 'Json', earliest: 'DateTime' });
}

/** Counts the entries of a timeline. */
export async function countEntries(context: Context, wanted: Wanted): Promise<number> {
  const sql = Prisma.sql`SELECT count(*) FROM (${entries(context, wanted)}) AS entry`;
  const [row] = await rawRows<{ count: bigint }>(context, sql, { count: 'BigInt' });
  return Number(row?.count ?? 0);
}

function entries({ viewer }: Context, { model, id, during, kinds }: Wanted): Prisma.Sql {
  const sees: Sees = (alias) => rawVisible(viewer, alias);
  const part = subjects[model](id, sees);
  const wants = (kind: EntryKind) => (kinds === undefined || kinds.includes(kind) ? part[kind] : none);
  const ofSubject = Prisma.sql`EXISTS (SELECT FROM ${Prisma.raw(`"${model}"`)} AS subject WHERE subject.id = ${id}::uuid AND ${sees('subject')})`;
  return Prisma.sql`
    SELECT e.id, 'EVENT' AS "kind", e."earliest" FROM "Event" AS e
    WHERE ${sees('e')} AND ${wants('EVENT')} AND ${inTime('e', ['date'], 'earliest', 'CASE WHEN e."endDate" IS NULL THEN e."latest" ELSE e."endLatest" END', during)} AND ${ofSubject}
    UNION ALL
    SELECT s.id, 'STATEMENT', s."earliest" FROM "Statement" AS s
    WHERE ${sees('s')} AND ${wants('STATEMENT')} AND ${inTime('s', ['date'], 'earliest', 's."latest"', during)} AND ${ofSubject}
    UNION ALL
    SELECT m.id, 'MEMBERSHIP', m."startEarliest" FROM "Membership" AS m
    WHERE ${sees('m')} AND ${wants('MEMBERSHIP')} AND ${inTime('m', ['startDate', 'endDate'], 'startEarliest', 'm."endLatest"', during)} AND ${ofSubject}
      AND EXISTS (SELECT FROM "Organization" AS o WHERE o.id = m."organizationId" AND ${sees('o')})
      AND (EXISTS (SELECT FROM "Person" AS p WHERE p.id = m."personId" AND ${sees('p')})
        OR EXISTS (SELECT FROM "Organization" AS o WHERE o.id = m."memberOrganizationId" AND ${sees('o')}))`;
}

/** It has a date, and can have been at that time; `end` is the SQL of its last instant, which is null when it may go on. */
function inTime(alias: string, dates: readonly string[], start: string, end: string, during: Edtf | undefined): Prisma.Sql {
  if (!during) return Prisma.sql`true`;
  const column = (name: string) => Prisma.raw(`${alias}."${name}"`);
  const bounds = [Prisma.sql`num_nonnulls(${Prisma.join(dates.map(column))}) > 0`];
  if (during.latest) bounds.push(Prisma.sql`coalesce(${column(start)} <= ${during.latest}::timestamptz, true)`);
  if (during.earliest) bounds.push(Prisma.sql`coalesce(${Prisma.raw(end)} >= ${during.earliest}::timestamptz, true)`);
  return Prisma.join(bounds, ' AND ');
}
