import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocument } from '../../src/documents/write.ts';
import { createCitation } from '../../src/documents/write-citation.ts';
import { createEvent } from '../../src/events/write.ts';
import { createParticipation } from '../../src/events/write-links.ts';
import { createOrganization } from '../../src/organizations/write.ts';
import { createMembership } from '../../src/organizations/write-membership.ts';
import { createPerson } from '../../src/people/write.ts';
import { ask, run } from '../support/ask.ts';
import { Random, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { everything, nodeTypes } from '../support/everything.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { globalId, uuidOf } from '../support/filters.ts';
import { Oracle } from '../support/oracle.ts';
import type { Filled } from '../support/random.ts';

// Every text of what a reader may not see is marked; then everything is asked for.

let database: TestDatabase;
let filled: Filled;
/** The rows as they are when everything is marked. */
let oracle: Oracle;

/** Columns that hold no words: dates, languages, what has rules of its own, and the reason, which is for everyone. */
const wordless = /Date$|^date$|anguage$|^publishedAt$|^sha256$|^scheme$|^script$|^retractionReason$|^titleText$|^text$/;
const localized = ['title', 'description', 'summary'];

beforeAll(async () => {
  const copy = await openFilledDatabase(12);
  database = copy;
  filled = copy.filled;
  await makeHistories();
  const before = await Oracle.load(database);
  for (const model of Object.keys(filled)) {
    const hidden = before.all(model).filter((row) => !before.sees(model, row));
    expect(hidden.length).toBeGreaterThan(0);
    await mark(model, hidden);
  }
  for (const [part, owners] of Object.entries(parts)) {
    const hidden = before
      .all(part)
      .filter((row) =>
        Object.entries(owners).some(([column, model]) => row[column] && !before.sees(model, before.get(model, row[column]))),
      );
    if (part === 'Span')
      await database.raw(`UPDATE "Span" SET "start" = NULL, "end" = NULL, "exact" = 'SECRET' WHERE id IN (${list(hidden)})`);
    else await mark(part, hidden);
  }
  oracle = await Oracle.load(database);
});

afterAll(() => database?.close());

/** The parts of records, with the columns that name the record. */
const parts: Record<string, Record<string, string>> = {
  Name: { personId: 'Person', organizationId: 'Organization', placeId: 'Place', eventId: 'Event' },
  Identifier: {
    personId: 'Person',
    organizationId: 'Organization',
    placeId: 'Place',
    eventId: 'Event',
    documentId: 'Document',
    statementId: 'Statement',
  },
  Translation: { statementId: 'Statement' },
  Span: { appearanceId: 'Appearance', citationId: 'Citation' },
};

const list = (rows: readonly { id: string }[]) => rows.map(({ id }) => `'${id}'`).join() || 'NULL';

async function mark(table: string, rows: readonly { id: string }[]): Promise<void> {
  const columns = await textColumns(table);
  const set = columns.map(({ column, type }) =>
    type === 'jsonb' ? `"${column}" = '{"en": "SECRET"}'` : `"${column}" = 'SECRET ' || coalesce("${column}", id::text)`,
  );
  // A document's hash is that of its text.
  if (table === 'Document') set.push(`"text" = 'SECRET'`, `"sha256" = encode(sha256('SECRET'), 'hex')`);
  if (table === 'Statement' || table === 'Translation') set.push(`"text" = 'SECRET'`);
  if (set.length > 0) await database.raw(`UPDATE "${table}" SET ${set.join()} WHERE id IN (${list(rows)})`);
}

function textColumns(table: string) {
  return database
    .raw(
      `SELECT column_name AS "column", data_type AS "type" FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '${table}'`,
    )
    .then((columns) =>
      (columns as { column: string; type: string }[]).filter(
        ({ column, type }) => (type === 'text' && !wordless.test(column)) || (type === 'jsonb' && localized.includes(column)),
      ),
    );
}

/** Adds published records that were drafts with other words, before and in between. */
async function makeHistories(): Promise<void> {
  for (const [model, owner] of Object.entries({
    Person: 'personId',
    Organization: 'organizationId',
    Place: 'placeId',
    Event: 'eventId',
    Document: '',
    Statement: '',
  })) {
    const id = new Random(seed + model.length).uuid();
    const row = [{ id }];
    const clean = (await textColumns(model)).map(
      ({ column, type }) => `"${column}" = ${type === 'jsonb' ? `'{"en": "clean"}'` : `'clean ${model} ' || id`}`,
    );
    if (model === 'Document') clean.push(`"text" = NULL`, `"sha256" = NULL`);
    if (model === 'Statement') clean.push(`"text" = 'clean'`);
    const become = (status: string, also: string[] = []) =>
      database.raw(`UPDATE "${model}" SET ${[`"status" = '${status}'`, ...also].join()} WHERE id = '${id}'`);
    const start = JSON.stringify({ id, status: 'DRAFT', ...(model === 'Document' ? { url: `https://example.org/${id}` } : {}) });
    await database.raw(
      `INSERT INTO "${model}" SELECT (jsonb_populate_record(t, '${start}')).* FROM "${model}" AS t WHERE id = '${filled[model as keyof Filled][0]}'`,
    );
    await mark(model, row);
    if (owner)
      await database.raw(
        `INSERT INTO "Name" (id, "${owner}", "name", "kind") VALUES ('${new Random(seed - model.length).uuid()}', '${id}', 'SECRET', 'ALIAS')`,
      );
    if (owner) await database.raw(`DELETE FROM "Name" WHERE "${owner}" = '${id}'`);
    await become('PUBLISHED', clean);
    await become('DRAFT');
    await mark(model, row);
    await become('DRAFT', clean);
    await become('PUBLISHED');
    await become('RETRACTED', [`"retractionReason" = 'for a while'`]);
    await mark(model, row);
    await become('PUBLISHED', ['"retractionReason" = NULL', ...clean]);
    filled[model as keyof Filled].push(id);
  }
}

/** What a reader may not see must not be told: neither its words nor that it is there. */
function expectNothingHidden(label: string, answer: unknown): void {
  const text = JSON.stringify(answer);
  const at = text.indexOf('SECRET');
  expect(at === -1 ? '' : text.slice(Math.max(0, at - 300), at + 60), label).toBe('');
  const told = [...text.matchAll(/"id":"([^"]+)"/g)].map(
    ([, id]) =>
      Buffer.from(id ?? '', 'base64')
        .toString()
        .split(':') as [string, string],
  );
  const hidden = told.filter(([model, id]) => !oracle.sees(model, oracle.get(model, id)));
  expect(hidden, label).toEqual([]);
}

describe('nothing hidden is told', () => {
  test.each(nodeTypes())('by the records that can be seen: %s', async (type) => {
    const ids = oracle.seen(type).map(({ id }) => globalId(type, id));
    for (let start = 0; start < ids.length; start += 10) {
      const deeper =
        type === 'Statement'
          ? `... on Statement { capacity { memberships { member { id name } onBehalfOf { id name } organization { id name } } } }`
          : '';
      const operation = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} ${everything(type, 1, 5)} ${deeper} } }`;
      expectNothingHidden(type, await run(database, operation, { ids: ids.slice(start, start + 10) }));
    }
  });

  test.each(nodeTypes())('by the errors for those that can’t: %s', async (type) => {
    const ids = oracle
      .all(type)
      .filter((row) => !oracle.sees(type, row))
      .map(({ id }) => globalId(type, id));
    const { data, errors } = await ask(database, `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} ${everything(type, 0)} } }`, {
      ids,
    });
    expect(data).toEqual({ nodes: ids.map(() => null) });
    expect(errors).toHaveLength(ids.length);
    expectNothingHidden(type, errors);
  });

  test('by lists', async () => {
    for (const [field, type] of Object.entries({
      people: 'Person',
      organizations: 'Organization',
      places: 'Place',
      events: 'Event',
      documents: 'Document',
      statements: 'Statement',
      reviews: 'Review',
    })) {
      const answer = await run(database, `{ ${field}(first: 100) ${everything(`${type}Connection`, 1, 5)} }`);
      expectNothingHidden(field, answer);
      expect((answer[field] as { totalCount: number }).totalCount).toBe(oracle.seen(type).length);
    }
  });

  test('by search', async () => {
    for (const query of ['SECRET', 'clean or SECRET', 'secre', 'Irak or mission or Kazimi or general']) {
      expectNothingHidden(query, await run(database, `{ search(query: "${query}", first: 100) ${everything('SearchConnection', 1)} }`));
    }
    expect(await run(database, '{ search(query: "SECRET") { totalCount } }')).toEqual({ search: { totalCount: 0 } });
  });

  test('by timelines', async () => {
    for (const type of ['Person', 'Organization', 'Place', 'Event']) {
      for (const { id } of oracle.seen(type)) {
        expectNothingHidden(
          type,
          await run(database, `{ timeline(of: "${globalId(type, id)}", first: 100) ${everything('TimelineConnection', 1)} }`),
        );
      }
    }
  });
});

test('a document mentions whom and what the facts that may be seen name, and nothing else', async () => {
  const operation = '{ documents(first: 100) { nodes { id mentions(first: 100) { nodes { subject { id } } } } } }';
  const { documents } = await run<{ documents: { nodes: { id: string; mentions: { nodes: { subject: { id: string } }[] } }[] } }>(
    database,
    operation,
  );
  for (const { id, mentions } of documents.nodes) {
    const row = oracle.get('Document', uuidOf(id));
    const expected = row ? oracle.list('Document', row, 'mentions').map(({ row: mention }) => mention.id.split(':')[1]) : [];
    expect(mentions.nodes.map(({ subject }) => uuidOf(subject.id)).sort(), id).toEqual(expected.sort());
  }
});

// The view of mentions reads the published links only, not whether both of their ends may be seen.
test('a document that is cited for a link with a hidden end doesn’t mention who is at the other', async () => {
  const { prisma } = database;
  const published = { status: 'PUBLISHED' as const };
  const documentId = await createDocument(prisma, { ...published, title: 'Cited for what is hidden' });
  const person = await createPerson(prisma, { ...published, name: 'Known', sortName: 'Known' });
  const eventId = await createEvent(prisma, { title: { en: 'SECRET' } });
  const organizationId = await createOrganization(prisma, { name: 'SECRET' });
  const participationId = await createParticipation(prisma, { ...published, eventId, participant: { person }, role: 'ACTOR' });
  const membershipId = await createMembership(prisma, { ...published, member: { person }, organizationId });
  for (const fact of [{ participationId }, { membershipId }]) await createCitation(prisma, { ...published, fact, documentId });
  const answer = await run(
    database,
    'query ($id: ID!) { node(id: $id) { ... on Document { citations { totalCount } mentions { totalCount } } } }',
    {
      id: globalId('Document', documentId),
    },
  );
  expect(answer).toEqual({ node: { citations: { totalCount: 0 }, mentions: { totalCount: 0 } } });
});
