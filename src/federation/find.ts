import type { Context } from '../context.ts';
import { rawRows } from '../database/reads.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { mergeable } from '../mutation/input.ts';
import type { Representation } from './representation.ts';

/** The nouns that can hold an identifier of Wikidata, with the column that says which record does. */
const holders = [
  ['Person', 'personId'],
  ['Organization', 'organizationId'],
  ['Place', 'placeId'],
  ['Event', 'eventId'],
  ['Document', 'documentId'],
] as const;

/**
 * Finds the records that are named, whether or not they may be seen: their UUIDs, in the same order; null for
 * what no record has. Of one that was merged, it is the one that it is part of in the end. One statement,
 * however many nouns and keys there are.
 */
export async function findNamed(representations: readonly Representation[], context: Context): Promise<(string | null)[]> {
  const column = (name: keyof Representation) => representations.map((each) => each[name]);
  const sql = Prisma.sql`
    WITH RECURSIVE named AS (
      SELECT "n"::integer, "model", "key", "value"
      FROM unnest(${column('model')}::text[], ${column('key')}::text[], ${column('value')}::text[])
        WITH ORDINALITY AS given ("model", "key", "value", "n")
    ), reached AS (
      SELECT "n", "model", "value"::uuid AS "id" FROM named WHERE "key" = 'id'
      UNION ALL
      SELECT "n", "model", CASE "model" ${held} END
      FROM named JOIN "Identifier" ON "scheme" = 'wikidata' AND "Identifier"."value" = named."value"
      WHERE "key" = 'wikidataId'
      UNION ALL
      SELECT "n", "model", "Document"."id" FROM named JOIN "Document" ON "url" = named."value" WHERE "key" = 'url'
      UNION ALL
      SELECT "n", "model", survivor."id" FROM reached CROSS JOIN LATERAL (${survivors}) AS survivor ("id")
    )
    SELECT "n", reached."id" FROM reached
    WHERE reached."id" IS NOT NULL AND NOT EXISTS (SELECT FROM (${survivors}) AS survivor)`;
  const rows = await rawRows<{ n: number; id: string }>(context, sql, { n: 'Json', id: 'Json' });
  const found = new Map(rows.map(({ n, id }) => [n, id]));
  return representations.map((_each, i) => found.get(i + 1) ?? null);
}

const held = Prisma.join(
  holders.map(([model, column]) => Prisma.sql`WHEN ${Prisma.raw(`'${model}'`)} THEN ${Prisma.raw(`"Identifier"."${column}"`)}`),
  ' ',
);

/** The record into which the one that was reached was merged, if it was. */
const survivors = Prisma.join(
  [...mergeable].map(
    (model) =>
      Prisma.sql`SELECT "mergedIntoId" FROM ${Prisma.raw(`"${model}"`)} AS merged
        WHERE reached."model" = ${Prisma.raw(`'${model}'`)} AND merged."id" = reached."id" AND "mergedIntoId" IS NOT NULL`,
  ),
  ' UNION ALL ',
);
