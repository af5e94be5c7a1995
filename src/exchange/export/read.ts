import type { Transaction } from '../../record/values.ts';
import type { ExchangeRecord } from '../record.ts';
import * as nounShapes from '../record.ts';
import * as shapes from '../shape.ts';

// The record as it stands, in the shape that all formats are written from: some nouns at a time, with their
// parts and links, in a few statements for all of them.

type Row = Readonly<Record<string, unknown>>;

/** Where the parts or links of a record stand: a table, and its columns that name the record. */
interface List {
  table: string;
  owner: string;
  /** What they are made into. */
  shape: Readonly<Record<string, unknown>> | 'topic' | 'author' | 'span';
  /** Which rows of the table. */
  only?: (row: Row) => boolean;
}

const { person, organization, place, document, event, statement } = nounShapes;

/** In the order in which they are written: few refer to one that comes later. */
const nouns = { Place: place, Organization: organization, Person: person, Document: document, Event: event, Statement: statement } as const;
export type Noun = keyof typeof nouns;
export const nounNames = Object.keys(nouns) as Noun[];

const name = { name: 0, kind: 0, language: 0, script: 0, startDate: 0, endDate: 0 };
const identifier = { scheme: 0, value: 0 };
const span = (kind: string, owner: string): List => ({ table: 'Span', owner, shape: 'span', only: (row) => row.kind === kind });
const citations = (owner: string): List => ({ table: 'Citation', owner, shape: shapes.citation.shape });

/** The lists of each model, by their names in the shape. */
const lists: Readonly<Record<string, Readonly<Record<string, List>>>> = {
  Place: {
    names: { table: 'Name', owner: 'placeId', shape: name },
    identifiers: { table: 'Identifier', owner: 'placeId', shape: identifier },
  },
  Organization: {
    names: { table: 'Name', owner: 'organizationId', shape: name },
    identifiers: { table: 'Identifier', owner: 'organizationId', shape: identifier },
    memberships: { table: 'Membership', owner: 'memberOrganizationId', shape: shapes.membership.shape },
  },
  Person: {
    names: { table: 'Name', owner: 'personId', shape: name },
    identifiers: { table: 'Identifier', owner: 'personId', shape: identifier },
    memberships: { table: 'Membership', owner: 'personId', shape: shapes.membership.shape },
  },
  Membership: { citations: citations('membershipId') },
  Document: {
    authors: { table: 'DocumentAuthor', owner: 'documentId', shape: 'author' },
    identifiers: { table: 'Identifier', owner: 'documentId', shape: identifier },
  },
  Event: {
    aliases: { table: 'Name', owner: 'eventId', shape: name },
    identifiers: { table: 'Identifier', owner: 'eventId', shape: identifier },
    participations: { table: 'Participation', owner: 'eventId', shape: shapes.participation.shape },
    links: { table: 'EventLink', owner: 'fromId', shape: shapes.eventLink.shape },
    citations: citations('eventId'),
  },
  Participation: { citations: citations('participationId') },
  EventLink: { citations: citations('eventLinkId') },
  Statement: {
    about: { table: 'StatementTopic', owner: 'statementId', shape: 'topic' },
    translations: { table: 'Translation', owner: 'statementId', shape: shapes.translation.shape },
    identifiers: { table: 'Identifier', owner: 'statementId', shape: identifier },
    appearances: { table: 'Appearance', owner: 'statementId', shape: shapes.appearance.shape },
    links: { table: 'StatementLink', owner: 'fromId', shape: shapes.statementLink.shape },
    reviews: { table: 'Review', owner: 'statementId', shape: shapes.review.shape },
  },
  Appearance: {
    content: span('CONTENT', 'appearanceId'),
    cue: span('CUE', 'appearanceId'),
    source: span('SOURCE', 'appearanceId'),
  },
  StatementLink: { citations: citations('statementLinkId') },
  Citation: { evidence: span('EVIDENCE', 'citationId') },
};

const links: ReadonlySet<string> = new Set(
  Object.values(lists)
    .flatMap((each) => Object.values(each).map(({ table }) => table))
    .filter((table) => /Membership|Participation|Link|Appearance|Review|Citation/.test(table)),
);

/** The columns of a person or an organization, by the name of the field. */
const actors: Readonly<Record<string, readonly [person: string, organization: string]>> = {
  speaker: ['speakerPersonId', 'speakerOrganizationId'],
  addressee: ['addresseePersonId', 'addresseeOrganizationId'],
  participant: ['personId', 'organizationId'],
  reviewer: ['reviewerPersonId', 'reviewerOrganizationId'],
};

/** How many nouns are read at once, and how many characters of documents' text. */
const most = { records: 500, characters: 8 * 1024 * 1024 };

/** Whether only what was chosen is read: see choose.ts. */
export interface Selection {
  isChosen: boolean;
}

/** All nouns of a transaction's record with their links, in the order of `nouns` and of their ids. */
export async function* records(tx: Transaction, selection: Selection): AsyncGenerator<ExchangeRecord> {
  for (const noun of nounNames) {
    let behind = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const ids = await nextIds(tx, noun, behind, selection);
      const last = ids.at(-1);
      if (last === undefined) break;
      behind = last;
      const rows = await withLists(tx, noun, await rowsOf(tx, noun, 'id', ids, selection), selection);
      // What the tables hold was checked when it was written.
      for (const row of rows) yield shaped(noun, nouns[noun].shape, row) as unknown as ExchangeRecord;
    }
  }
}

async function nextIds(tx: Transaction, noun: Noun, behind: string, { isChosen }: Selection): Promise<string[]> {
  const size = noun === 'Document' ? 'coalesce(octet_length("text"), 0)' : '0';
  const rows = await tx.$queryRawUnsafe<{ id: string; size: number }[]>(
    `SELECT id::text, ${size}::integer AS size FROM "${noun}" AS t WHERE id > $1::uuid ${isChosen ? chosen(noun) : ''} ORDER BY id LIMIT ${most.records}`,
    behind,
  );
  const ids: string[] = [];
  let sum = 0;
  for (const row of rows) {
    if (ids.length > 0 && sum + row.size > most.characters) break;
    ids.push(row.id);
    sum += row.size;
  }
  return ids;
}

const chosen = (model: string) => `AND EXISTS (SELECT FROM pg_temp.chosen AS c WHERE c.id = t.id AND c.model = '${model}')`;

async function rowsOf(tx: Transaction, table: string, column: string, ids: readonly string[], { isChosen }: Selection): Promise<Row[]> {
  const order = table === 'Span' ? '"position"' : table === 'DocumentAuthor' ? '"position"' : 'id';
  const rows = await tx.$queryRawUnsafe<{ row: Row }[]>(
    `SELECT to_jsonb(t) AS row FROM "${table}" AS t WHERE "${column}" = ANY ($1::uuid[]) ${isChosen && links.has(table) ? chosen(table) : ''} ORDER BY ${order}`,
    ids,
  );
  return rows.map(({ row }) => row);
}

/** Rows with those of their lists, each list under its name. */
async function withLists(tx: Transaction, model: string, rows: readonly Row[], selection: Selection): Promise<Row[]> {
  const own = lists[model] ?? {};
  const ids = rows.map(({ id }) => String(id));
  const read = new Map<string, Map<string, Row[]>>();
  for (const { table, owner } of Object.values(own)) {
    const key = `${table} ${owner}`;
    if (read.has(key) || ids.length === 0) continue;
    const byOwner = new Map<string, Row[]>();
    for (const row of await withLists(tx, table, await rowsOf(tx, table, owner, ids, selection), selection)) {
      const list = byOwner.get(String(row[owner]));
      if (list) list.push(row);
      else byOwner.set(String(row[owner]), [row]);
    }
    read.set(key, byOwner);
  }
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(
      Object.entries(own).map(([field, { table, owner, only = () => true }]) => [
        `list ${field}`,
        (read.get(`${table} ${owner}`)?.get(String(row.id)) ?? []).filter(only),
      ]),
    ),
  }));
}

/** A row in its shape, without what is absent. */
function shaped(model: string, shape: Readonly<Record<string, unknown>>, row: Row): Row {
  const fields: Record<string, unknown> = {};
  for (const field of Object.keys(shape)) {
    const value = valueIn(model, field, row);
    if (value !== null && value !== undefined && !(field === 'isTranslation' && value === false)) fields[field] = value;
  }
  return fields;
}

function valueIn(model: string, field: string, row: Row): unknown {
  const list = lists[model]?.[field];
  if (list) {
    const rows = row[`list ${field}`] as Row[];
    return rows.length === 0 ? undefined : rows.map((each) => member(list, each));
  }
  if (field === 'type' && model in nouns) return model;
  if (field === 'eventType') return row.type;
  const [personId, organizationId] = (actors[field] ?? []).map((column) => row[column]);
  if (personId) return { person: { id: personId } };
  if (organizationId) return { organization: { id: organizationId } };
  const reference = row[field === 'mergedInto' ? 'mergedIntoId' : `${field}Id`];
  if (typeof reference === 'string') return { id: reference };
  return field in actors ? undefined : row[field];
}

function member({ table, shape }: List, row: Row): unknown {
  if (shape === 'span') return row.start === null ? { exact: row.exact } : { exact: row.exact, start: row.start };
  if (shape === 'author') return row.personId ? { person: { id: row.personId } } : { organization: { id: row.organizationId } };
  if (shape === 'topic') {
    const subject = ['event', 'person', 'organization', 'place'].find((each) => row[`${each}Id`]) ?? '';
    return { [subject]: { id: row[`${subject}Id`] } };
  }
  return shaped(table, shape, row);
}
