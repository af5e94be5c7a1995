import type { PrismaClient } from '../generated/prisma/client.ts';
import type { Change } from './change.ts';
import { type Place, start } from './cursor.ts';

type Row = Omit<Change, 'position' | 'ordinal'> & { position: bigint; ordinal: bigint };

/**
 * The changes after a place, in the order of commits. Of a transaction, they stand in the order in which it came
 * to each record. Fewer than asked for are all that there are.
 */
export async function readChanges(prisma: PrismaClient, { position, ordinal }: Place, limit: number): Promise<Change[]> {
  const rows = await prisma.$queryRaw<Row[]>`
    WITH page AS (
      SELECT c."position", c."first", c."last", c."transaction", c."began", r.id AS "ordinal", r."recordId"
      FROM (SELECT * FROM history.commit WHERE "position" >= ${position} ORDER BY "position" LIMIT ${limit + 1}) AS c
        CROSS JOIN LATERAL (
          SELECT r.id, r."recordId" FROM history.revision AS r
          WHERE r.id BETWEEN c."first" AND c."last" AND r."transaction" = c."transaction" AND r."began" = c."began"
            AND (c."position" > ${position} OR r.id > ${ordinal})
            -- A record is told of once.
            AND NOT EXISTS (SELECT FROM history.revision AS e WHERE e."recordId" = r."recordId" AND e.id >= c."first" AND e.id < r.id
              AND e."transaction" = c."transaction" AND e."began" = c."began")
          ORDER BY r.id LIMIT ${limit}
        ) AS r
      ORDER BY c."position", r.id LIMIT ${limit}
    )
    SELECT page."position", page."ordinal", page."recordId", s."model", s."number", s."at", s."by", s."mergedInto",
      s."before"::text AS "before", s."after"::text AS "after",
      CASE WHEN s."before" = 'DRAFT' OR s."after" = 'DRAFT' THEN (
        SELECT r."after" ->> 'createdBy' FROM history.revision AS r
        WHERE r."rowId" = page."recordId" AND r."action" = 'CREATE' ORDER BY r.id LIMIT 1) END AS "createdBy",
      -- As in graph/queries.ts.
      s."before" = 'RETRACTED' AND s."after" IS DISTINCT FROM 'RETRACTED' AND (
        EXISTS (SELECT FROM history.revision AS r WHERE r."recordId" = page."recordId" AND r."status" = 'PUBLISHED' AND r.id < page."ordinal")
        OR NOT EXISTS (SELECT FROM history.revision AS r WHERE r."recordId" = page."recordId" AND r."status" = 'DRAFT' AND r.id < page."ordinal")
      ) AS "wasSeen"
    FROM page CROSS JOIN LATERAL (
      SELECT t.*, CASE WHEN t."isNew" THEN NULL ELSE coalesce(t."former", t."latter") END AS "before",
        CASE WHEN t."isGone" THEN NULL ELSE t."latter" END AS "after"
      FROM (
        SELECT max(r."number") AS "number", max(r."at") AS "at", max(r."by") AS "by",
          max(r."model") FILTER (WHERE r."rowId" = r."recordId") AS "model",
          (array_agg(r."status"::text ORDER BY r.id DESC) FILTER (WHERE r."status" IS NOT NULL))[1] AS "latter",
          (array_agg(r."before" ->> 'status' ORDER BY r.id) FILTER (WHERE r."rowId" = r."recordId" AND r."action" <> 'CREATE' AND r."before" ? 'status'))[1] AS "former",
          (array_agg(r."action" ORDER BY r.id) FILTER (WHERE r."rowId" = r."recordId"))[1] = 'CREATE' AS "isNew",
          (array_agg(r."action" ORDER BY r.id DESC) FILTER (WHERE r."rowId" = r."recordId"))[1] = 'DELETE' AS "isGone",
          max(r."after" ->> 'mergedIntoId') FILTER (WHERE r."rowId" = r."recordId" AND r."action" = 'UPDATE') AS "mergedInto"
        FROM history.revision AS r
        WHERE r."recordId" = page."recordId" AND r.id BETWEEN page."first" AND page."last"
          AND r."transaction" = page."transaction" AND r."began" = page."began"
      ) AS t
    ) AS s
    ORDER BY page."position", page."ordinal"`;
  return rows.map((row) => ({ ...row, position: Number(row.position), ordinal: Number(row.ordinal) }));
}

/** The place after all that can be seen now. */
export async function readEnd(prisma: PrismaClient): Promise<Place> {
  const [last] = await prisma.$queryRaw<{ position: bigint; ordinal: bigint }[]>`
    SELECT "position", "last" AS "ordinal" FROM history.commit ORDER BY "position" DESC LIMIT 1`;
  return last ? { position: Number(last.position), ordinal: Number(last.ordinal) } : start;
}

/** What each of some records had been merged into by a place, by their ids. */
export async function readMerged(prisma: PrismaClient, ids: readonly string[], { position }: Place): Promise<Map<string, string>> {
  const rows = await prisma.$queryRaw<{ id: string; mergedInto: string | null }[]>`
    SELECT DISTINCT ON (r."rowId") r."rowId"::text AS id, r."after" ->> 'mergedIntoId' AS "mergedInto"
    FROM history.revision AS r LEFT JOIN history.commit AS c ON c."transaction" = r."transaction" AND c."began" = r."began"
    WHERE r."rowId" = ANY (${ids}::uuid[]) AND r."after" ? 'mergedIntoId' AND coalesce(c."position", 0) <= ${position}
    ORDER BY r."rowId", r.id DESC`;
  return new Map(rows.flatMap(({ id, mergedInto }) => (mergedInto ? [[id, mergedInto]] : [])));
}
