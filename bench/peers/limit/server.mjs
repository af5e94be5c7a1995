import { createServer } from 'node:http';
import { makePool, searchStatement, tell } from '../shared/serve.mjs';
import { instantsOf } from '../shared/values.mjs';

// What PostgreSQL and Node.js can do at most: each operation is one statement, written by hand and prepared, whose
// answer is the JSON of the response, passed on as text. There is no GraphQL in it.

const pool = makePool();

const localized = (column, languages) =>
  `(SELECT json_build_object('text', l.value, 'language', l.key) FROM jsonb_each_text(${column}) WITH ORDINALITY AS l (key, value, place)
    ORDER BY array_position(${languages}, l.key), l.place LIMIT 1)`;
const titleText = (column, languages) =>
  `(SELECT json_build_object('text', l.value) FROM jsonb_each_text(${column}) WITH ORDINALITY AS l (key, value, place)
    ORDER BY array_position(${languages}, l.key), l.place LIMIT 1)`;
const list = (rows, order) => `coalesce((SELECT json_agg(r.node ORDER BY ${order}) FROM (${rows}) AS r), '[]')`;

const speaker = `CASE WHEN p."status" = 'PUBLISHED' THEN json_build_object('name', p."name") WHEN o."status" = 'PUBLISHED' THEN json_build_object('name', o."name") END`;
const speakers = (of) =>
  `LEFT JOIN "Person" AS p ON p.id = ${of}."speakerPersonId" LEFT JOIN "Organization" AS o ON o.id = ${of}."speakerOrganizationId"`;

/** A page of rows that are sorted by an instant and an id; those without an instant come after all that have one, and are not reached here. */
const page = (from, { after, direction, size }) => `
  SELECT * FROM ${from} AND t."status" = 'PUBLISHED' ${after ? `AND (t."earliest", t.id) ${direction === 'DESC' ? '<' : '>'} ($1::timestamptz, $2::uuid)` : ''}
  ORDER BY t."earliest" ${direction} NULLS LAST, t.id ${direction} LIMIT ${size + 1}`;

const answerOf = (field, content) => `SELECT json_build_object('data', json_build_object('${field}', ${content}))::text AS answer`;

/** The answer with the nodes and the page info of the common table `numbered`. */
const connection = (field, node, joins, size) =>
  `${answerOf(
    field,
    `json_build_object('nodes', coalesce(json_agg(${node} ORDER BY s."place") FILTER (WHERE s."place" <= ${size}), '[]'), 'pageInfo', json_build_object(
      'hasNextPage', count(*) > ${size}, 'endCursor', ${endCursor(size)}))`,
  )} FROM numbered AS s ${joins}`;
const endCursor = (size) =>
  `max(to_char(s."earliest" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || ' ' || s.id) FILTER (WHERE s."place" = least(${size}, s."count"))`;
const numbered = (order) =>
  `numbered AS (SELECT *, row_number() OVER (ORDER BY "earliest" ${order} NULLS LAST, id ${order}) AS "place", count(*) OVER () AS "count" FROM page)`;

const about = `(SELECT json_build_object('nodes', ${list(
  `SELECT t.id, json_build_object('subject', CASE WHEN t."eventId" IS NOT NULL
      THEN json_build_object('__typename', 'Event', 'title', ${titleText('e."title"', "'{en}'::text[]")}, 'date', e."date")
      ELSE json_build_object('__typename', CASE WHEN t."personId" IS NOT NULL THEN 'Person' WHEN t."organizationId" IS NOT NULL THEN 'Organization' ELSE 'Place' END) END) AS node
    FROM "StatementTopic" AS t LEFT JOIN "Event" AS e ON e.id = t."eventId" LEFT JOIN "Person" AS ap ON ap.id = t."personId"
      LEFT JOIN "Organization" AS ao ON ao.id = t."organizationId" LEFT JOIN "Place" AS al ON al.id = t."placeId"
    WHERE t."statementId" = s.id AND coalesce(e."status", ap."status", ao."status", al."status") = 'PUBLISHED' ORDER BY t.id LIMIT 5`,
  'r.id',
)}))`;

const latest = (
  after,
) => `WITH page AS (${page('"Statement" AS t WHERE true', { after, direction: 'DESC', size: 20 })}), ${numbered('DESC')}
  ${connection(
    'statements',
    `json_build_object('text', s."text", 'date', s."date", 'language', s."language", 'speaker', ${speaker}, 'about', ${about})`,
    speakers('s'),
    20,
  )}`;

const memberships = (column, value) =>
  `json_build_object('nodes', ${list(
    `SELECT m."startEarliest", m.id, json_build_object('role', m."role", 'organization', json_build_object('name', mo."name")) AS node
    FROM "Membership" AS m JOIN "Organization" AS mo ON mo.id = m."organizationId" AND mo."status" = 'PUBLISHED'
    WHERE m."${column}" = ${value} AND m."status" = 'PUBLISHED' AND m."endDate" IS NULL ORDER BY m."startEarliest" DESC NULLS LAST, m.id DESC LIMIT 5`,
    'r."startEarliest" DESC NULLS LAST, r.id DESC',
  )})`;
const statementsAbout = (event, node) =>
  `json_build_object('nodes', ${list(
    `SELECT k."statementEarliest", k."statementId", ${node} AS node FROM (
       SELECT t."statementEarliest", t."statementId", st."text", st."date", st."speakerPersonId", st."speakerOrganizationId"
       FROM "StatementTopic" AS t JOIN "Statement" AS st ON st.id = t."statementId" AND st."status" = 'PUBLISHED'
       WHERE t."eventId" = ${event} ORDER BY t."statementEarliest" DESC NULLS LAST, t."statementId" DESC LIMIT 10) AS k ${speakers('k')}`,
    'r."statementEarliest" DESC NULLS LAST, r."statementId" DESC',
  )})`;

const levels = (after) => {
  const languages = after ? '$3::text[]' : '$1::text[]';
  const node = `json_build_object('text', k."text", 'date', k."date", 'speaker', CASE
      WHEN p."status" = 'PUBLISHED' THEN json_build_object('name', p."name", 'memberships', ${memberships('personId', 'p.id')})
      WHEN o."status" = 'PUBLISHED' THEN json_build_object('name', o."name", 'memberships', ${memberships('memberOrganizationId', 'o.id')}) END)`;
  return `WITH page AS (${page('"Event" AS t WHERE true', { after, direction: 'DESC', size: 10 })}), ${numbered('DESC')}
    ${connection('events', `json_build_object('title', ${localized('s."title"', languages)}, 'date', s."date", 'statementsAbout', ${statementsAbout('s.id', node)})`, '', 10)}`;
};

const filtered = (after) => {
  const which = `"speakerPersonId" = $1 AND t."earliest" > $2 AND EXISTS (SELECT FROM "Person" AS p WHERE p.id = $1 AND p."status" = 'PUBLISHED')`;
  return `WITH page AS (
      SELECT * FROM "Statement" AS t WHERE t.${which} AND t."status" = 'PUBLISHED' ${after ? 'AND (t."earliest", t.id) < ($3::timestamptz, $4::uuid)' : ''}
      ORDER BY t."earliest" DESC NULLS LAST, t.id DESC LIMIT 21
    ), ${numbered('DESC')}
    SELECT json_build_object('data', json_build_object('statements', json_build_object(
      'totalCount', (SELECT count(*) FROM "Statement" AS t WHERE t.${which} AND t."status" = 'PUBLISHED'),
      'nodes', coalesce(json_agg(json_build_object('text', s."text", 'date', s."date", 'language', s."language", 'quoteType', s."quoteType", 'medium', s."medium") ORDER BY s."place") FILTER (WHERE s."place" <= 20), '[]'),
      'pageInfo', json_build_object('hasNextPage', count(*) > 20, 'endCursor', ${endCursor(20)}))))::text AS answer FROM numbered AS s`;
};

const participationsOf = (column, value) =>
  `json_build_object('nodes', ${list(
    `SELECT q."createdAt", q.id, json_build_object('role', q."role", 'event', json_build_object('title', ${titleText('qe."title"', '$2::text[]')}, 'date', qe."date")) AS node
    FROM "Participation" AS q JOIN "Event" AS qe ON qe.id = q."eventId" AND qe."status" = 'PUBLISHED'
    WHERE q."${column}" = ${value} AND q."status" = 'PUBLISHED' ORDER BY q."createdAt", q.id LIMIT 5`,
    'r."createdAt", r.id',
  )})`;

const statements = {
  Record: () => `SELECT json_build_object('data', json_build_object('statement', json_build_object(
      'id', s.id, 'text', s."text", 'date', s."date", 'quoteType', s."quoteType", 'speaker', ${speaker})))::text AS answer
    FROM "Statement" AS s ${speakers('s')} WHERE s.id = $1 AND s."status" = 'PUBLISHED'`,
  Latest: () => latest(false),
  LatestAfter: () => latest(true),
  Levels: () => levels(false),
  LevelsAfter: () => levels(true),
  Page: () => filtered(false),
  PageAfter: () => filtered(true),
  Search: () => `WITH hits AS (${searchStatement})
    SELECT json_build_object('data', json_build_object('search', json_build_object('nodes', coalesce(json_agg(json_build_object(
      'highlight', (SELECT json_agg(json_build_object('text', btrim(part[1], U&'\\E000\\E001'), 'isMatch', left(part[1], 1) = U&'\\E000')) FROM regexp_matches(h.excerpt, U&'(\\E000[^\\E001]*\\E001|[^\\E000]+)', 'g') AS part),
      'record', CASE
        WHEN h."personId" IS NOT NULL THEN json_build_object('__typename', 'Person', 'name', hp."name")
        WHEN h."organizationId" IS NOT NULL THEN json_build_object('__typename', 'Organization', 'name', ho."name")
        WHEN h."statementId" IS NOT NULL THEN json_build_object('__typename', 'Statement', 'text', s."text", 'speaker', ${speaker})
        WHEN h."eventId" IS NOT NULL THEN json_build_object('__typename', 'Event', 'title', ${titleText('e."title"', "'{en}'::text[]")})
        ELSE json_build_object('__typename', 'Document', 'documentTitle', d."title") END) ORDER BY h.score DESC, h.record), '[]'))))::text AS answer
    FROM hits AS h LEFT JOIN "Person" AS hp ON hp.id = h."personId" LEFT JOIN "Organization" AS ho ON ho.id = h."organizationId"
      LEFT JOIN "Statement" AS s ON s.id = h."statementId" ${speakers('s')} LEFT JOIN "Event" AS e ON e.id = h."eventId" LEFT JOIN "Document" AS d ON d.id = h."documentId"`,
  EventPage: () => {
    const actor = (type, row, column, participant) =>
      `json_build_object('__typename', '${type}', 'name', ${row}."name", '${column}', ${row}."${column}", 'participations', ${participationsOf(participant, `${row}.id`)})`;
    const node = `json_build_object('text', k."text", 'speaker', CASE
      WHEN p."status" = 'PUBLISHED' THEN ${actor('Person', 'p', 'birthDate', 'personId')}
      WHEN o."status" = 'PUBLISHED' THEN ${actor('Organization', 'o', 'classification', 'organizationId')} END)`;
    return `${answerOf('event', `json_build_object('title', ${localized('e."title"', '$2::text[]')}, 'date', e."date", 'statementsAbout', ${statementsAbout('e.id', node)})`)}
      FROM "Event" AS e WHERE e.id = $1 AND e."status" = 'PUBLISHED'`;
  },
  Answers: () => answers(false),
  AnswersAfter: () => answers(true),
};

function answers(after) {
  const languages = after ? '$3::text[]' : '$1::text[]';
  const some = `EXISTS (SELECT FROM "EventLink" AS k JOIN "Event" AS ke ON ke.id = k."toId" AND ke."status" = 'PUBLISHED' WHERE k."fromId" = t.id AND k."status" = 'PUBLISHED')`;
  const participations = list(
    `SELECT q."createdAt", q.id, json_build_object('role', q."role", 'note', q."note", 'participant',
        CASE WHEN q."personId" IS NOT NULL THEN json_build_object('__typename', 'Person', 'name', qp."name") ELSE json_build_object('__typename', 'Organization', 'name', qo."name") END) AS node
      FROM "Participation" AS q LEFT JOIN "Person" AS qp ON qp.id = q."personId" LEFT JOIN "Organization" AS qo ON qo.id = q."organizationId"
      WHERE q."eventId" = s.id AND q."status" = 'PUBLISHED' AND coalesce(qp."status", qo."status") = 'PUBLISHED' ORDER BY q."createdAt", q.id LIMIT 10`,
    'r."createdAt", r.id',
  );
  const links = list(
    `SELECT k."createdAt", k.id, json_build_object('kind', k."kind", 'to', json_build_object('title', ${titleText('ke."title"', languages)}, 'date', ke."date")) AS node
      FROM "EventLink" AS k JOIN "Event" AS ke ON ke.id = k."toId" AND ke."status" = 'PUBLISHED'
      WHERE k."fromId" = s.id AND k."status" = 'PUBLISHED' ORDER BY k."createdAt", k.id LIMIT 5`,
    'r."createdAt", r.id',
  );
  const node = `json_build_object('title', ${titleText('s."title"', languages)}, 'date', s."date", 'type', s."type",
    'place', CASE WHEN l."status" = 'PUBLISHED' THEN json_build_object('name', l."name", 'parent', CASE WHEN lp."status" = 'PUBLISHED' THEN json_build_object('name', lp."name") END) END,
    'participations', json_build_object('nodes', ${participations}), 'linksFrom', json_build_object('nodes', ${links}))`;
  return `WITH page AS (${page(`"Event" AS t WHERE ${some}`, { after, direction: 'ASC', size: 10 })}), ${numbered('ASC')}
    ${connection('events', node, 'LEFT JOIN "Place" AS l ON l.id = s."placeId" LEFT JOIN "Place" AS lp ON lp.id = l."parentId"', 10)}`;
}

const prepared = Object.fromEntries(Object.entries(statements).map(([name, make]) => [name, { name, text: make(), rowMode: 'array' }]));

/** For each operation, the statement and its values. */
const cursorOf = (after) => (after == null ? [null, null] : after.split(' '));
const asked = {
  Record: ({ id }) => [prepared.Record, [id]],
  Latest: ({ after }) => (after == null ? [prepared.Latest, []] : [prepared.LatestAfter, cursorOf(after)]),
  Levels: ({ after, languages }) =>
    after == null ? [prepared.Levels, [languages]] : [prepared.LevelsAfter, [...cursorOf(after), languages]],
  Page: ({ speaker: id, since, after }) => {
    const values = [id, instantsOf(since).latest];
    return after == null ? [prepared.Page, values] : [prepared.PageAfter, [...values, ...cursorOf(after)]];
  },
  Search: ({ query }) => [prepared.Search, [query, 20]],
  EventPage: ({ id, languages }) => [prepared.EventPage, [id, languages]],
  Answers: ({ after, languages }) =>
    after == null ? [prepared.Answers, [languages]] : [prepared.AnswersAfter, [...cursorOf(after), languages]],
};

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    try {
      const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString());
      const [statement, values] = asked[operationName](variables);
      const { rows } = await pool.query({ ...statement, values });
      const answer = Buffer.from(rows[0][0]);
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': answer.length });
      response.end(answer);
    } catch (error) {
      response.writeHead(500, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ message: String(error) }] }));
    }
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => tell(server.address().port));
