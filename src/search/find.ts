import type { Context } from '../context.ts';
import { rawRows } from '../database/reads.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { RawPage } from '../graph/raw-page.ts';
import { rawVisible } from '../graph/raw-visible.ts';

export type SearchType = 'PERSON' | 'ORGANIZATION' | 'EVENT' | 'STATEMENT' | 'DOCUMENT';

export interface Wanted {
  query: string;
  types: readonly SearchType[] | undefined;
  /** BCP 47. */
  languages: readonly string[] | undefined;
}

/** The entry of a record that fits best. */
export interface Hit {
  /** The entry's id. */
  id: string;
  /** The record's id. */
  record: string;
  score: number;
  /** With U+E000 and U+E001 around each match. */
  excerpt: string;
}

// PostgreSQL stems a word by the configuration of a text's language, so the words that are searched for
// are read once for each configuration, and compared with the texts of that one only.

const columns: Record<SearchType, Prisma.Sql> = {
  PERSON: Prisma.raw('"personId"'),
  ORGANIZATION: Prisma.raw('"organizationId"'),
  EVENT: Prisma.raw('"eventId"'),
  STATEMENT: Prisma.raw('"statementId"'),
  DOCUMENT: Prisma.raw('"documentId"'),
};

const configs = ['simple', 'french', 'english', 'spanish', 'german', 'arabic'];

/** Finds a page of the records that fit, the best first: one statement. */
export async function findHits(context: Context, wanted: Wanted, page: RawPage): Promise<Hit[]> {
  const sql = Prisma.sql`
    WITH ${fitting(context, wanted)}, page AS (
      SELECT * FROM best WHERE ${page.where} ORDER BY ${page.orderBy} LIMIT ${page.limit}
    )
    SELECT page.id, page."record", page."score",
      search_excerpt(e."config", e."text", ${wanted.query}) AS "excerpt"
    FROM page JOIN "SearchEntry" AS e ON e.id = page.id ORDER BY ${page.orderBy}`;
  return rawRows<Hit>(context, sql, { id: 'Json', record: 'Json', score: 'Float', excerpt: 'Json' });
}

/** Counts the records that fit. */
export async function countHits(context: Context, wanted: Wanted): Promise<number> {
  const sql = Prisma.sql`WITH ${fitting(context, wanted)} SELECT count(*) FROM best`;
  const [row] = await rawRows<{ count: bigint }>(context, sql, { count: 'BigInt' });
  return Number(row?.count ?? 0);
}

/** The common table `best`: the best entry of each record that fits, with its score. */
function fitting({ viewer }: Context, { query, types, languages }: Wanted): Prisma.Sql {
  const anyRecord = Prisma.join(Object.values(columns));
  const none = types?.length === 0;
  const ofTypes = none
    ? Prisma.sql`false`
    : types
      ? Prisma.sql`num_nonnulls(${Prisma.join(types.map((type) => columns[type]))}) > 0`
      : Prisma.sql`true`;
  const searched = languages
    ? Prisma.sql`SELECT DISTINCT search_config(language) FROM unnest(${[...languages]}::text[]) AS language UNION SELECT 'simple'`
    : Prisma.sql`SELECT unnest(${configs}::text[])`;
  return Prisma.sql`
    words (config, query) AS MATERIALIZED (
      SELECT searched.config, search_query(searched.config, ${query}) FROM (${searched}) AS searched (config)
    ), fits AS (
      SELECT e.id, coalesce(${anyRecord}) AS "record", 1 + ts_rank_cd(e."vector", w.query, 32)::float8 AS "score"
      FROM words AS w JOIN "SearchEntry" AS e ON e."config" = w.config AND e."vector" @@ w.query
      WHERE ${rawVisible(viewer, 'e')} AND ${ofTypes}
      UNION ALL
      SELECT e.id, coalesce(${anyRecord}), s.similarity::float8
      FROM search_similar(${query}) AS s JOIN "SearchEntry" AS e ON e.id = s.entry
      WHERE ${rawVisible(viewer, 'e')} AND ${ofTypes}
    ), best AS (
      SELECT DISTINCT ON ("record") id, "record", "score" FROM fits ORDER BY "record", "score" DESC, id
    )`;
}
