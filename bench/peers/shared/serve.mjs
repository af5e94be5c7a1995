import pg from 'pg';

/** The pool that each peer has: as many connections as Verbatim's. */
export function makePool() {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
  pool.on('error', () => {});
  return pool;
}

/** Tells the benchmark where the server listens. */
export function tell(port, path = '/graphql') {
  console.info(`listens at http://127.0.0.1:${port}${path}`);
}

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));

/** The statement that finds what a search asks for, the best first: the same as Verbatim's. */
export const searchStatement = `
  WITH words (config, query) AS MATERIALIZED (
    SELECT c, search_query(c, $1) FROM unnest('{simple,french,english,spanish,german,arabic}'::text[]) AS c
  ), fits AS (
    SELECT e.id, coalesce(e."personId", e."organizationId", e."eventId", e."statementId", e."documentId") AS record, 1 + ts_rank_cd(e."vector", w.query, 32)::float8 AS score
    FROM words AS w JOIN "SearchEntry" AS e ON e."config" = w.config AND e."vector" @@ w.query WHERE e."status" = 'PUBLISHED'
    UNION ALL
    SELECT e.id, coalesce(e."personId", e."organizationId", e."eventId", e."statementId", e."documentId"), s.similarity::float8
    FROM search_similar($1) AS s JOIN "SearchEntry" AS e ON e.id = s.entry WHERE e."status" = 'PUBLISHED'
  ), best AS (
    SELECT DISTINCT ON (record) id, record, score FROM fits ORDER BY record, score DESC, id
  ), page AS (
    SELECT * FROM best ORDER BY score DESC, record LIMIT $2
  )
  SELECT e."personId", e."organizationId", e."eventId", e."statementId", e."documentId", page.score, page.record, search_excerpt(e."config", e."text", $1) AS excerpt
  FROM page JOIN "SearchEntry" AS e ON e.id = page.id ORDER BY page.score DESC, page.record`;
