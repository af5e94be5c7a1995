import Fastify from 'fastify';
import mercurius from 'mercurius';
import { typeDefs } from '../shared/schema.mjs';
import { makePool, searchStatement, tell } from '../shared/serve.mjs';
import { instantsOf, localize, partsOf, readCursor, writeCursor } from '../shared/values.mjs';

// Mercurius with its JIT compiler, and loaders in SQL written by hand: one prepared statement for each level.

const pool = makePool();

const names = new Map();

/** A prepared statement: gives its rows. */
function statement(text) {
  if (!names.has(text)) names.set(text, `s${names.size}`);
  const name = names.get(text);
  return async (...values) => (await pool.query({ name, text, values })).rows;
}

const byId = (table) => statement(`SELECT t.* FROM "${table}" AS t WHERE t.id = ANY ($1::uuid[]) AND t."status" = 'PUBLISHED'`);
const find = Object.fromEntries(['Person', 'Organization', 'Place', 'Event', 'Statement', 'Document'].map((table) => [table, byId(table)]));

/** Rows of several tables by their ids, each table asked at most once. */
async function findAll(wanted) {
  const tables = grouped(wanted.filter(Boolean));
  const found = new Map();
  await Promise.all(
    [...tables].map(async ([table, ends]) => {
      for (const row of await find[table]([...new Set(ends.map(([, id]) => id))]))
        found.set(row.id, Object.assign(row, { __typename: table }));
    }),
  );
  return wanted.map((end) => (end && found.get(end[1])) ?? null);
}

function grouped(ends) {
  const groups = new Map();
  for (const end of ends) groups.set(end[0], [...(groups.get(end[0]) ?? []), end]);
  return groups;
}

const endOf = (row, ends) => {
  const [column, table] = Object.entries(ends).find(([name]) => row[name]) ?? [];
  return column && [table, row[column]];
};
const actors = { personId: 'Person', organizationId: 'Organization' };
const subjects = { eventId: 'Event', ...actors, placeId: 'Place' };

/** A loader of what a row leads to. */
const one = (ends) => (queries) => findAll(queries.map(({ obj }) => endOf(obj, ends)));

/** The first few rows of each parent, in one statement. */
function few(rows) {
  const ask = statement(
    `SELECT p.place, r.* FROM unnest($1::uuid[]) WITH ORDINALITY AS p (id, place) CROSS JOIN LATERAL (${rows} LIMIT $2) AS r`,
  );
  return async (queries) => {
    // Within an operation a field has the same arguments almost always.
    const answers = new Map();
    for (const first of new Set(queries.map(({ params }) => params.first))) {
      const asked = queries.filter(({ params }) => params.first === first);
      const nodes = asked.map(() => []);
      for (const row of await ask(
        asked.map(({ obj }) => obj.id),
        first,
      ))
        nodes[Number(row.place) - 1].push(row);
      asked.forEach((query, i) => {
        answers.set(query, { nodes: nodes[i] });
      });
    }
    return queries.map((query) => answers.get(query));
  };
}

const places = (condition) => ({
  all: few(memberships(condition, '')),
  current: few(memberships(condition, 'AND m."endDate" IS NULL')),
});
const memberships = (
  condition,
  current,
) => `SELECT m."role", m."organizationId" FROM "Membership" AS m JOIN "Organization" AS o ON o.id = m."organizationId" AND o."status" = 'PUBLISHED'
  WHERE ${condition} AND m."status" = 'PUBLISHED' ${current} ORDER BY m."startEarliest" DESC NULLS LAST, m.id DESC`;
const membershipsOf = (condition) => {
  const { all, current } = places(condition);
  return (queries, context) => (queries.every(({ params }) => params.where?.endDate?.isNull) ? current : all)(queries, context);
};
const participationsOf = (column) =>
  few(`SELECT q."role", q."eventId" FROM "Participation" AS q JOIN "Event" AS e ON e.id = q."eventId" AND e."status" = 'PUBLISHED'
     WHERE q."${column}" = p.id AND q."status" = 'PUBLISHED' ORDER BY q."createdAt", q.id`);

const loaders = {
  Statement: {
    speaker: one({ speakerPersonId: 'Person', speakerOrganizationId: 'Organization' }),
    about:
      few(`SELECT t."eventId", t."personId", t."organizationId", t."placeId" FROM "StatementTopic" AS t LEFT JOIN "Event" AS e ON e.id = t."eventId" LEFT JOIN "Person" AS q ON q.id = t."personId"
         LEFT JOIN "Organization" AS o ON o.id = t."organizationId" LEFT JOIN "Place" AS l ON l.id = t."placeId"
       WHERE t."statementId" = p.id AND coalesce(e."status", q."status", o."status", l."status") = 'PUBLISHED' ORDER BY t.id`),
  },
  StatementTopic: { subject: one(subjects) },
  Event: {
    place: one({ placeId: 'Place' }),
    statementsAbout:
      few(`SELECT s.id, s."text", s."date", s."language", s."quoteType", s."medium", s."speakerPersonId", s."speakerOrganizationId"
       FROM "StatementTopic" AS t JOIN "Statement" AS s ON s.id = t."statementId" AND s."status" = 'PUBLISHED'
       WHERE t."eventId" = p.id ORDER BY t."statementEarliest" DESC NULLS LAST, t."statementId" DESC`),
    participations:
      few(`SELECT q."role", q."note", q."personId", q."organizationId", q."eventId" FROM "Participation" AS q LEFT JOIN "Person" AS n ON n.id = q."personId" LEFT JOIN "Organization" AS o ON o.id = q."organizationId"
       WHERE q."eventId" = p.id AND q."status" = 'PUBLISHED' AND coalesce(n."status", o."status") = 'PUBLISHED' ORDER BY q."createdAt", q.id`),
    linksFrom: few(`SELECT k."kind", k."toId" FROM "EventLink" AS k JOIN "Event" AS e ON e.id = k."toId" AND e."status" = 'PUBLISHED'
       WHERE k."fromId" = p.id AND k."status" = 'PUBLISHED' ORDER BY k."createdAt", k.id`),
  },
  EventLink: { to: one({ toId: 'Event' }) },
  Participation: { event: one({ eventId: 'Event' }), participant: one(actors) },
  Place: { parent: one({ parentId: 'Place' }) },
  Person: { memberships: membershipsOf('m."personId" = p.id'), participations: participationsOf('personId') },
  Organization: {
    memberships: membershipsOf('m."memberOrganizationId" = p.id'),
    participations: participationsOf('organizationId'),
  },
  Membership: { organization: one({ organizationId: 'Organization' }) },
  SearchHit: { record: one({ ...subjects, statementId: 'Statement', documentId: 'Document' }) },
};

/** A page after a cursor. A list is sorted by an instant, and what has none comes last. */
async function pageOf(table, { condition = 'true', values = [], first, after, direction }) {
  const parameter = (i) => `$${values.length + i}`;
  const order = `ORDER BY t."earliest" ${direction} NULLS LAST, t.id ${direction}`;
  const [earliest, id] = readCursor(after);
  const select = `SELECT t.* FROM "${table}" AS t WHERE t."status" = 'PUBLISHED' AND ${condition}`;
  const past = `(t."earliest", t.id) ${direction === 'DESC' ? '<' : '>'} (${parameter(2)}::timestamptz, ${parameter(3)}::uuid)`;
  let rows;
  if (!after) rows = await statement(`${select} ${order} LIMIT ${parameter(1)}`)(...values, first + 1);
  else if (earliest === null) {
    const undated = `t."earliest" IS NULL AND t.id ${direction === 'DESC' ? '<' : '>'} ${parameter(2)}::uuid`;
    rows = await statement(`${select} AND ${undated} ${order} LIMIT ${parameter(1)}`)(...values, first + 1, id);
  } else {
    rows = await statement(`${select} AND ${past} ${order} LIMIT ${parameter(1)}`)(...values, first + 1, earliest, id);
    if (rows.length <= first) {
      rows.push(
        ...(await statement(`${select} AND t."earliest" IS NULL ${order} LIMIT ${parameter(1)}`)(...values, first + 1 - rows.length)),
      );
    }
  }
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: Boolean(after),
      endCursor: last ? writeCursor(last.earliest, last.id) : null,
    },
    totalCount: async () => {
      const [{ count }] = await statement(`SELECT count(*) FROM "${table}" AS t WHERE t."status" = 'PUBLISHED' AND ${condition}`)(
        ...values,
      );
      return Number(count);
    },
  };
}

function statementsWhere({ speaker, date } = {}) {
  const values = [];
  const conditions = ['true'];
  if (speaker?.person?.id?.eq) {
    values.push(speaker.person.id.eq);
    conditions.push(
      `t."speakerPersonId" = $${values.length} AND EXISTS (SELECT FROM "Person" AS p WHERE p.id = $${values.length} AND p."status" = 'PUBLISHED')`,
    );
  }
  if (date?.after) {
    values.push(instantsOf(date.after).latest);
    conditions.push(`t."earliest" > $${values.length}`);
  }
  return { condition: conditions.join(' AND '), values };
}

const search = statement(searchStatement);
const linked = `EXISTS (SELECT FROM "EventLink" AS k JOIN "Event" AS e ON e.id = k."toId" AND e."status" = 'PUBLISHED' WHERE k."fromId" = t.id AND k."status" = 'PUBLISHED')`;

const resolvers = {
  Query: {
    statement: async (_root, { by }) => (await find.Statement([by.id]))[0],
    event: async (_root, { by }) => (await find.Event([by.id]))[0],
    statements: (_root, { first, after, where, orderBy }) =>
      pageOf('Statement', { ...statementsWhere(where ?? {}), first, after, direction: orderBy?.[0]?.direction ?? 'DESC' }),
    events: (_root, { first, after, where, orderBy }) =>
      pageOf('Event', { condition: where?.linksFrom?.some ? linked : 'true', first, after, direction: orderBy?.[0]?.direction ?? 'ASC' }),
    search: async (_root, { query, first }) => ({ nodes: await search(query, first) }),
  },
  Event: { title: ({ title }, { languages }) => localize(title, languages) },
  StatementConnection: { totalCount: (connection) => connection.totalCount() },
  SearchHit: { highlight: ({ excerpt }) => partsOf(excerpt) },
  Actor: { resolveType: (row) => row.__typename },
  Subject: { resolveType: (row) => row.__typename },
  Record: { resolveType: (row) => row.__typename },
};

const app = Fastify();
app.register(mercurius, { schema: typeDefs, resolvers, loaders, jit: 1 });
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
tell(app.server.address().port);
