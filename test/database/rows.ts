import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../support/database.ts';

// Rows in plain SQL, so that nothing but the database itself judges them.

/** Columns and their values, as SQL would write them; objects stand for JSON. */
export type Row = Record<string, unknown>;

/** A row of each kind that others can point at. */
export const ids = {
  person: randomUUID(),
  otherPerson: randomUUID(),
  organization: randomUUID(),
  otherOrganization: randomUUID(),
  membership: randomUUID(),
  place: randomUUID(),
  event: randomUUID(),
  otherEvent: randomUUID(),
  document: randomUUID(),
  otherDocument: randomUUID(),
  statement: randomUUID(),
  otherStatement: randomUUID(),
  appearance: randomUUID(),
  citation: randomUUID(),
};

/** For each table the columns of a row that breaks no rule, and points at the rows above. */
export const valid = {
  Person: { name: 'Ana Lima', sortName: 'Lima, Ana' },
  Organization: { name: 'The Daily' },
  Membership: { personId: ids.person, organizationId: ids.organization },
  Place: { name: 'Lisbon' },
  Event: { title: { en: 'The talks' } },
  Participation: { eventId: ids.event, personId: ids.person, role: 'ACTOR' },
  EventLink: { fromId: ids.event, toId: ids.otherEvent, kind: 'ANSWERS' },
  Document: { title: 'Talks end' },
  DocumentAuthor: { documentId: ids.document, personId: ids.person, position: 0 },
  Statement: { text: 'It is over.', language: 'en', quoteType: 'DIRECT', speakerPersonId: ids.person },
  Translation: { statementId: ids.statement, language: 'fr', text: 'C’est fini.' },
  StatementTopic: { statementId: ids.statement, eventId: ids.event },
  Appearance: { statementId: ids.statement, documentId: ids.otherDocument, printedText: 'It is over.', language: 'en' },
  Citation: { documentId: ids.document, eventId: ids.event },
  Span: { appearanceId: ids.appearance, kind: 'CONTENT', position: 0, exact: 'It is over.' },
  StatementLink: { fromId: ids.statement, toId: ids.otherStatement, kind: 'CONFIRMS' },
  Review: { statementId: ids.statement, documentId: ids.otherDocument, rating: 'False' },
  Name: { personId: ids.person, name: 'A. Lima', kind: 'ALIAS' },
  Identifier: { personId: ids.person, scheme: 'wikidata', value: 'Q42' },
  Token: { name: 'desk', role: 'EDITOR', hash: '0'.repeat(64) },
  ReviewNote: { recordId: ids.person, note: 'Who says so?', by: 'token:desk' },
  SearchEntry: { personId: ids.person, status: 'DRAFT', config: 'verbatim_simple', text: 'Lima', vector: 'lima' },
} satisfies Record<string, Row>;

export type Table = keyof typeof valid;

/** The tables whose rows are records, with a status and a revision of their own. */
export const records = [
  'Person',
  'Organization',
  'Membership',
  'Place',
  'Event',
  'Participation',
  'EventLink',
  'Document',
  'Statement',
  'Appearance',
  'Citation',
  'StatementLink',
  'Review',
] as const satisfies Table[];

/** Writes the rows that others point at. */
export async function insertTargets({ raw }: TestDatabase): Promise<void> {
  const insert = (table: Table, id: string, row: Row = {}) => raw(insertion(table, { id, ...row }));
  await insert('Person', ids.person);
  await insert('Person', ids.otherPerson);
  await insert('Organization', ids.organization);
  await insert('Organization', ids.otherOrganization);
  await insert('Membership', ids.membership);
  await insert('Place', ids.place);
  await insert('Event', ids.event);
  await insert('Event', ids.otherEvent);
  await insert('Document', ids.document);
  await insert('Document', ids.otherDocument);
  await insert('Statement', ids.statement);
  await insert('Statement', ids.otherStatement);
  await insert('Appearance', ids.appearance, { documentId: ids.document });
  await insert('Citation', ids.citation);
}

/** An INSERT of a valid row with some columns changed; null leaves one out. */
export function insertion(table: Table, row: Row): string {
  const columns = Object.entries({ id: randomUUID(), ...valid[table], ...row });
  return `INSERT INTO "${table}" (${columns.map(([name]) => `"${name}"`).join()}) VALUES (${columns.map(([, value]) => literal(value)).join()})`;
}

export function update(table: Table, id: string, row: Row): string {
  const changes = Object.entries(row).map(([name, value]) => `"${name}" = ${literal(value)}`);
  return `UPDATE "${table}" SET ${changes.join()} WHERE id = '${id}'`;
}

export function deletion(table: Table, id: string): string {
  return `DELETE FROM "${table}" WHERE id = '${id}'`;
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}
