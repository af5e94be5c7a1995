import type { Context } from '../context.ts';
import { rawRows } from '../database/reads.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { RawPage } from '../graph/raw-page.ts';

// Which records may be the same. Not every name is compared with every other: those are that have a key in
// common (see name_keys), and of many with one key each only with its neighbours in the order of their sound.
// So the work grows with the records, and not with their square. For one record the indexes find the rest.

export type MergeableModel = 'Person' | 'Organization' | 'Place' | 'Event' | 'Document';

export interface Wanted {
  model: MergeableModel;
  /** The UUID of one record that each pair is to have. */
  of: string | undefined;
}

export type ReasonKind = 'SAME_IDENTIFIER' | 'SIMILAR_NAME' | 'SHARED_MEMBERSHIP';

export interface Reason {
  kind: ReasonKind;
  /** What the one has: a name, the value of an identifier, an address, a role. */
  one: string | null;
  /** What the other has. */
  other: string | null;
  scheme: string | null;
  /** UUID. */
  organization: string | null;
}

export interface Pair {
  /** UUIDs, the smaller first. */
  one: string;
  other: string;
  score: number;
  reasons: Reason[];
}

/** Names with one key are compared with so many others, about. */
const neighbours = 10;
/** From here on names are similar by themselves, and from there on beside a membership that both have. */
const similar = 0.6;
const somewhatSimilar = 0.35;

/** What each reason is worth; together they come near to 1. */
const weights = { identifier: 0.98, name: 0.85, membership: 0.4 };

/** Finds a page of pairs, the best first: one statement. */
export async function findPairs(context: Context, wanted: Wanted, page: RawPage): Promise<Pair[]> {
  const sql = Prisma.sql`
    WITH ${candidates(wanted)}
    SELECT "one", "other", "score", "reasons" FROM pairs WHERE ${page.where} ORDER BY ${page.orderBy} LIMIT ${page.limit}`;
  return rawRows<Pair>(context, sql, { one: 'Json', other: 'Json', score: 'Float', reasons: 'Json' });
}

/** Counts the pairs. */
export async function countPairs(context: Context, wanted: Wanted): Promise<number> {
  const sql = Prisma.sql`WITH ${candidates(wanted)} SELECT count(*) FROM pairs`;
  const [row] = await rawRows<{ count: bigint }>(context, sql, { count: 'BigInt' });
  return Number(row?.count ?? 0);
}

/** The common table `pairs`. */
function candidates(wanted: Wanted): Prisma.Sql {
  const table = Prisma.raw(`"${wanted.model}"`);
  const reasons = [similarNames(wanted.model), ...identified(wanted), ...(memberColumns[wanted.model] ? [sharedMemberships] : [])];
  return Prisma.sql`
    slots AS MATERIALIZED (${slots(wanted.model)}), near AS (${near(wanted)}), alike AS (${alike(wanted)}),
    shared AS (${memberships(wanted.model)}),
    found AS (${Prisma.join(reasons, ' UNION ALL ')}),
    best AS (
      -- Of one kind of reason, such as two identifiers, the best one counts.
      SELECT DISTINCT ON ("one", "other", "kind", "scheme") * FROM found ORDER BY "one", "other", "kind", "scheme", "weight" DESC, "a", "b"
    ), pairs AS (
      SELECT f."one", f."other", round((1 - exp(sum(ln(1 - f."weight"))))::numeric, 6)::float8 AS "score",
        jsonb_agg(jsonb_build_object('kind', f."kind", 'one', f."a", 'other', f."b", 'scheme', f."scheme", 'organization', f."organization")
          ORDER BY f."weight" DESC, f."kind", f."scheme") AS "reasons"
      FROM best AS f JOIN ${table} AS r ON r.id = f."one" JOIN ${table} AS s ON s.id = f."other"
      WHERE r."status" IN ('DRAFT', 'PUBLISHED') AND s."status" IN ('DRAFT', 'PUBLISHED')
        AND NOT EXISTS (SELECT FROM "NotSame" AS n WHERE n."one" = f."one" AND n."other" = f."other")
      GROUP BY f."one", f."other"
    )`;
}

/** Pairs of names that are worth comparing. */
function near({ model, of }: Wanted): Prisma.Sql {
  if (of) return Prisma.sql`SELECT "one", "other" FROM names_near(${model}, ${of}::uuid)`;
  return Prisma.sql`
    SELECT DISTINCT least(a.id, b.id) AS "one", greatest(a.id, b.id) AS "other"
    FROM slots AS a CROSS JOIN LATERAL (VALUES (a.slot), (a.slot + 1)) AS s (slot)
      JOIN slots AS b ON b.key = a.key AND b.slot = s.slot
    WHERE a."recordId" <> b."recordId" AND (s.slot > a.slot OR a.id < b.id)`;
}

function slots(model: MergeableModel): Prisma.Sql {
  return Prisma.sql`
    SELECT n.id, n."recordId", k.key, (row_number() OVER (PARTITION BY k.key ORDER BY n."sound", n.id) - 1) / ${neighbours}::integer AS slot
    FROM "ComparedName" AS n CROSS JOIN LATERAL unnest(n."keys") AS k (key) WHERE n."model" = ${model}`;
}

/** The two most similar names of each pair of records, if they are similar enough to look further. */
function alike({ model }: Wanted): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON ("one", "other") * FROM (
      SELECT least(a."recordId", b."recordId") AS "one", greatest(a."recordId", b."recordId") AS "other",
        CASE WHEN a."recordId" < b."recordId" THEN a."name" ELSE b."name" END AS "a",
        CASE WHEN a."recordId" < b."recordId" THEN b."name" ELSE a."name" END AS "b", name_likeness(s.letters, s.sounds, a, b) AS "likeness"
      FROM near AS n JOIN "ComparedName" AS a ON a.id = n."one" JOIN "ComparedName" AS b ON b.id = n."other"
        -- Reckoned once for each pair: without OFFSET, wherever it is used.
        CROSS JOIN LATERAL (
          SELECT similarity(a."plain", b."plain")::float8 AS letters, similarity(a."sound", b."sound")::float8 AS sounds OFFSET 0
        ) AS s
      OFFSET 0
    ) AS compared
    WHERE "likeness" >= ${somewhatSimilar}::float8 AND ${fitting(model)}
    ORDER BY "one", "other", "likeness" DESC, "a", "b"`;
}

/** What else must fit where titles are alike that have nothing to do with each other: when, and where. */
function fitting(model: MergeableModel): Prisma.Sql {
  if (model === 'Event') {
    return Prisma.sql`EXISTS (
      SELECT FROM "Event" AS e JOIN "Event" AS f ON f.id = compared."other"
      WHERE e.id = compared."one" AND num_nonnulls(e."date", f."date") = 2
        AND coalesce(e."earliest" <= CASE WHEN f."endDate" IS NULL THEN f."latest" ELSE f."endLatest" END, true)
        AND coalesce(f."earliest" <= CASE WHEN e."endDate" IS NULL THEN e."latest" ELSE e."endLatest" END, true)
        AND (e."placeId" IS NULL OR f."placeId" IS NULL OR e."placeId" = f."placeId" OR EXISTS (
          SELECT FROM "Place" AS p WHERE p.id = e."placeId" AND f."placeId" = ANY (p."ancestorIds")
            OR p.id = f."placeId" AND e."placeId" = ANY (p."ancestorIds"))))`;
  }
  if (model === 'Document') {
    return Prisma.sql`EXISTS (
      SELECT FROM "Document" AS d JOIN "Document" AS e ON e.id = compared."other"
      WHERE d.id = compared."one" AND num_nonnulls(d."publishedAt", e."publishedAt") = 2
        AND coalesce(d."publishedEarliest" <= e."publishedLatest", true) AND coalesce(e."publishedEarliest" <= d."publishedLatest", true)
        AND (d."publisherId" IS NULL OR e."publisherId" IS NULL OR d."publisherId" = e."publisherId"))`;
  }
  return Prisma.sql`true`;
}

const memberColumns: Partial<Record<MergeableModel, string>> = { Person: 'personId', Organization: 'memberOrganizationId' };

/** Places in one organization that two records whose names are alike held at times that overlap. */
function memberships(model: MergeableModel): Prisma.Sql {
  const column = memberColumns[model];
  if (!column) return Prisma.sql`SELECT NULL::uuid AS "one", NULL::uuid AS "other" WHERE false`;
  const member = Prisma.raw(`"${column}"`);
  return Prisma.sql`
    SELECT DISTINCT ON (p."one", p."other") p."one", p."other", m."organizationId" AS "organization",
      coalesce(m."role", m."label") AS "a", coalesce(n."role", n."label") AS "b"
    FROM alike AS p JOIN "Membership" AS m ON m.${member} = p."one" AND m."status" IN ('DRAFT', 'PUBLISHED')
      JOIN "Membership" AS n ON n.${member} = p."other" AND n."organizationId" = m."organizationId" AND n."status" IN ('DRAFT', 'PUBLISHED')
    WHERE coalesce(m."startEarliest" <= n."endLatest", true) AND coalesce(n."startEarliest" <= m."endLatest", true)
      AND (num_nonnulls(coalesce(m."role", m."label"), coalesce(n."role", n."label")) < 2
        OR similarity(plain_name(coalesce(m."role", m."label")), plain_name(coalesce(n."role", n."label"))) >= 0.4)
    ORDER BY p."one", p."other", m."organizationId", m.id, n.id`;
}

function similarNames(model: MergeableModel): Prisma.Sql {
  const beside = memberColumns[model]
    ? Prisma.sql`OR EXISTS (SELECT FROM shared AS s WHERE s."one" = p."one" AND s."other" = p."other")`
    : Prisma.empty;
  return Prisma.sql`
    SELECT p."one", p."other", 'SIMILAR_NAME' AS "kind", ${weights.name}::float8 * least(p."likeness", 1) AS "weight", p."a", p."b",
      NULL::text AS "scheme", NULL::uuid AS "organization"
    FROM alike AS p WHERE p."likeness" >= ${similar}::float8 ${beside}`;
}

const sharedMemberships = Prisma.sql`
  SELECT s."one", s."other", 'SHARED_MEMBERSHIP', ${weights.membership}::float8, s."a", s."b", NULL, s."organization" FROM shared AS s`;

/** Pairs with the same identifier, or what is as good as one. */
function identified({ model, of }: Wanted): Prisma.Sql[] {
  const column = `${model.charAt(0).toLowerCase()}${model.slice(1)}Id`;
  const same = (table: string, id: string, value: string, scheme: string, key: string) => {
    const [from, a, b] = [Prisma.raw(table), Prisma.raw(`a."${id}"`), Prisma.raw(`b."${id}"`)];
    const on = Prisma.raw(key);
    const [ofA, ofB] = [Prisma.raw(`a."${value}"`), Prisma.raw(`b."${value}"`)];
    return Prisma.sql`
      SELECT least(${a}, ${b}), greatest(${a}, ${b}), 'SAME_IDENTIFIER', ${weights.identifier}::float8,
        CASE WHEN ${a} < ${b} THEN ${ofA} ELSE ${ofB} END, CASE WHEN ${a} < ${b} THEN ${ofB} ELSE ${ofA} END, ${Prisma.raw(scheme)}, NULL
      FROM ${from} AS a JOIN ${from} AS b ON ${on} AND ${of ? Prisma.sql`${a} = ${of}::uuid AND ${b} <> ${a}` : Prisma.sql`${a} < ${b}`}`;
  };
  const identifiers = same(
    '"Identifier"',
    column,
    'value',
    'a."scheme"',
    'b."scheme" = a."scheme" AND lower(b."value") = lower(a."value")',
  );
  if (model !== 'Document') return [identifiers];
  return [
    identifiers,
    same('"Document"', 'id', 'url', `'url'`, 'plain_url(b."url") = plain_url(a."url")'),
    same('"Document"', 'id', 'sha256', `'sha256'`, 'b."sha256" = a."sha256"'),
  ];
}
