// What PostGraphile finds in the database: a role that sees what is published, by row-level security, and
// functions for what tables don't say. Nobody else is subject to the policies: the others connect as the owner.

export const role = 'bench_postgraphile';

const published = '"status" = \'PUBLISHED\'';
const visible = (table, column) => `EXISTS (SELECT FROM "${table}" AS t WHERE t.id = ${column})`;
const either = (ends) =>
  `CASE ${Object.entries(ends)
    .map(([column, table]) => `WHEN "${column}" IS NOT NULL THEN ${visible(table, `"${column}"`)}`)
    .join(' ')} ELSE false END`;

const policies = {
  Person: published,
  Organization: published,
  Place: published,
  Event: published,
  Document: published,
  Statement: published,
  SearchEntry: published,
  Membership: `${published} AND ${visible('Organization', '"organizationId"')} AND ${either({ personId: 'Person', memberOrganizationId: 'Organization' })}`,
  Participation: `${published} AND ${visible('Event', '"eventId"')} AND ${either({ personId: 'Person', organizationId: 'Organization' })}`,
  EventLink: `${published} AND ${visible('Event', '"fromId"')} AND ${visible('Event', '"toId"')}`,
  StatementTopic: `${visible('Statement', '"statementId"')} AND ${either({ eventId: 'Event', personId: 'Person', organizationId: 'Organization', placeId: 'Place' })}`,
};

export const schema = (search, password) => `
DO $$ BEGIN CREATE ROLE ${role} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
ALTER ROLE ${role} PASSWORD '${password}';
GRANT USAGE ON SCHEMA public TO ${role};
${Object.entries(policies)
  .map(
    ([table, condition]) => `GRANT SELECT ON "${table}" TO ${role};
ALTER TABLE "${table}" ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS bench_visible ON "${table}";
CREATE POLICY bench_visible ON "${table}" FOR SELECT TO ${role} USING (${condition});`,
  )
  .join('\n')}
CREATE SCHEMA IF NOT EXISTS bench_postgraphile;
GRANT USAGE ON SCHEMA bench_postgraphile TO ${role};
DROP FUNCTION IF EXISTS bench_postgraphile.found(text, integer);
DROP TYPE IF EXISTS bench_postgraphile.hit;
CREATE TYPE bench_postgraphile.hit AS ("personId" uuid, "organizationId" uuid, "eventId" uuid, "statementId" uuid, "documentId" uuid, score float8, record uuid, excerpt text);
COMMENT ON TYPE bench_postgraphile.hit IS E'@foreignKey ("personId") references public."Person" (id)\\n@foreignKey ("organizationId") references public."Organization" (id)\\n@foreignKey ("eventId") references public."Event" (id)\\n@foreignKey ("statementId") references public."Statement" (id)\\n@foreignKey ("documentId") references public."Document" (id)';
-- With the owner's rights: the conditions of a search must not wait for those of the policies.
CREATE FUNCTION bench_postgraphile.found(words text, most integer) RETURNS SETOF bench_postgraphile.hit LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
${search.replaceAll('$1', 'words').replaceAll('$2', 'most')}
$$;
`;
