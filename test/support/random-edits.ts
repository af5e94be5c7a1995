import { deletion, insertion, type Row, type Table, update } from '../database/rows.ts';
import type { Random } from './chance.ts';
import type { TestDatabase } from './database.ts';
import type { Filled } from './random.ts';

// Changes in plain SQL, as they come: many are refused, and then nothing of them is done.

/** The tables with a history. */
export const tables = [
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
  'Name',
  'Identifier',
  'DocumentAuthor',
  'Translation',
  'StatementTopic',
  'Span',
] as const satisfies Table[];

type Edit = (r: Random, editor: Editor) => Promise<string[]> | string[];

/** Edits the record at random. */
export class Editor {
  readonly #database: TestDatabase;
  readonly #r: Random;
  readonly #ids: Filled;
  readonly #keepsRecords: boolean;

  /** @param keepsRecords whether no record is removed, only parts. */
  constructor(database: TestDatabase, random: Random, ids: Filled, { keepsRecords = false } = {}) {
    this.#database = database;
    this.#r = random;
    this.#ids = ids;
    this.#keepsRecords = keepsRecords;
  }

  /** A record of a kind, one of a few far more often. */
  one(model: keyof Filled): string {
    return this.#r.favourite(this.#ids[model]);
  }

  /** Any row of a table; of records, some far more often. */
  async any(table: Table): Promise<string> {
    if (table in this.#ids && this.#r.chance(0.6)) return this.one(table as keyof Filled);
    const rows = await this.#database.raw(`SELECT id FROM "${table}" ORDER BY id`);
    return rows.length > 0 ? String(this.#r.pick(rows).id) : this.#r.uuid();
  }

  /**
   * Makes some changes in one transaction, as someone.
   * @returns its number, and its first and last revision; undefined when all of it was refused.
   */
  async transact(count: number, by = 'editor'): Promise<Transaction | undefined> {
    const former = await this.#last();
    const statements: string[] = [];
    for (let i = 0; i < count; i++) statements.push(...(await this.#r.pick(edits)(this.#r, this)));
    const kept = this.#keepsRecords ? statements.filter((statement) => !removals.test(statement)) : statements;
    await this.#database.prisma
      .$transaction(async (tx) => {
        await tx.$queryRaw`SELECT set_config('verbatim.viewer', ${by}, true)`;
        // In one statement, since each takes its time to get there.
        const blocks = kept.map((statement) => `BEGIN ${statement}; EXCEPTION WHEN OTHERS THEN NULL; END;`);
        await tx.$executeRawUnsafe(`DO $do$ BEGIN ${blocks.join('\n')} END $do$`);
        // What is refused at the end would take all with it.
        const check =
          'SET CONSTRAINTS refuse_new_member, check_relayed IMMEDIATE; SET CONSTRAINTS refuse_new_member, check_relayed DEFERRED';
        await tx.$executeRawUnsafe(`DO $do$ BEGIN ${check}; END $do$`).catch(() => Promise.reject(new Refused()));
      })
      .catch((error) => {
        if (!(error instanceof Refused)) throw error;
      });
    const done = await this.#last();
    return done?.last === former?.last ? undefined : done;
  }

  async #last(): Promise<Transaction | undefined> {
    const [row] = await this.#database.raw(
      `SELECT "transaction"::text, (SELECT min(id) FROM history.revision AS f WHERE f."transaction" = r."transaction")::text AS first, id::text AS last
       FROM history.revision AS r ORDER BY id DESC LIMIT 1`,
    );
    return row as unknown as Transaction | undefined;
  }
}

class Refused extends Error {}

export interface Transaction {
  transaction: string;
  first: string;
  last: string;
}

const dates = [
  { edtf: '2020', earliest: '2020-01-01T00:00:00Z', latest: '2020-12-31T23:59:59.999Z' },
  { edtf: '2021-07', earliest: '2021-07-01T00:00:00Z', latest: '2021-07-31T23:59:59.999Z' },
  { edtf: null, earliest: null, latest: null },
];

const set =
  (table: Table, column: string, value: (r: Random, editor: Editor) => unknown): Edit =>
  async (r, editor) => [update(table, await editor.any(table), { [column]: value(r, editor) })];
const dated =
  (table: Table, column: string, earliest: string, latest: string): Edit =>
  async (r, editor) => {
    const date = r.pick(dates);
    return [update(table, await editor.any(table), { [column]: date.edtf, [earliest]: date.earliest, [latest]: date.latest })];
  };
const add =
  (table: Table, row: (r: Random, editor: Editor) => Row): Edit =>
  (r, editor) => [insertion(table, { id: r.uuid(), ...row(r, editor) })];
const remove =
  (table: Table): Edit =>
  async (_r, editor) => [deletion(table, await editor.any(table))];
const toggle =
  (table: Table): Edit =>
  async (r, editor) => [
    update(
      table,
      await editor.any(table),
      r.chance(0.6) ? { status: 'PUBLISHED', retractionReason: null } : { status: 'RETRACTED', retractionReason: r.words(2) },
    ),
  ];

/** All that hangs on one person goes to another, as in a merge. */
const merge: Edit = (_r, editor) => {
  const [from, to] = [editor.one('Person'), editor.one('Person')];
  const moved = (table: string, column: string) => `UPDATE "${table}" SET "${column}" = '${to}' WHERE "${column}" = '${from}'`;
  if (from === to) return [];
  return [
    moved('Membership', 'personId'),
    moved('Statement', 'speakerPersonId'),
    moved('Statement', 'addresseePersonId'),
    moved('Review', 'reviewerPersonId'),
    moved('Name', 'personId'),
    moved('Identifier', 'personId'),
    `UPDATE "Person" SET "status" = 'MERGED', "mergedIntoId" = '${to}', "retractionReason" = NULL WHERE id = '${from}'`,
  ];
};

const text: Edit = async (r, editor) => {
  const words = r.text().replaceAll("'", '’');
  return [
    `UPDATE "Document" SET "text" = '${words}', "sha256" = encode(sha256(convert_to('${words}', 'UTF8')), 'hex') WHERE id = '${await editor.any('Document')}'`,
  ];
};

const removed = ['Participation', 'Membership', 'Appearance', 'Citation', 'Review', 'EventLink', 'Statement', 'Event', 'Person'] as const;
const removals = new RegExp(`^DELETE FROM "(${removed.join('|')})"`);

const edits: Edit[] = [
  set('Person', 'name', (r) => r.words(2)),
  set('Person', 'gender', (r) => r.pick(['female', 'male', null])),
  set('Organization', 'parentId', (r, e) => r.maybe(0.7, () => e.one('Organization')) ?? null),
  set('Organization', 'name', (r) => r.words(2)),
  set('Place', 'parentId', (r, e) => r.maybe(0.7, () => e.one('Place')) ?? null),
  set('Event', 'parentId', (r, e) => r.maybe(0.7, () => e.one('Event')) ?? null),
  set('Event', 'title', (r) => r.localized()),
  set('Event', 'placeId', (_r, e) => e.one('Place')),
  set('Document', 'publisherId', (_r, e) => e.one('Organization')),
  set('Document', 'title', (r) => r.words(3)),
  set('Document', 'derivedFromId', (_r, e) => e.one('Document')),
  set('Statement', 'venueId', (_r, e) => e.one('Place')),
  set('Statement', 'speakerPersonId', (r, e) => r.pick([e.one('Person'), null])),
  set('Statement', 'capacityId', (r, e) => r.pick([e.one('Membership'), null])),
  set('Statement', 'quoteType', (r) => r.pick(['DIRECT', 'INDIRECT'])),
  set('Membership', 'personId', (_r, e) => e.one('Person')),
  set('Membership', 'role', (r) => r.words(1)),
  set('Appearance', 'relayedFromId', (_r, e) => e.one('Appearance')),
  set('Citation', 'documentId', (_r, e) => e.one('Document')),
  set('Review', 'rating', (r) => r.pick(['False', 'True', null])),
  set('Review', 'bestRating', (r) => r.pick([5, 10, null])),
  set('Review', 'documentId', (_r, e) => e.one('Document')),
  set('Name', 'name', (r) => r.words(1)),
  set('Name', 'personId', (_r, e) => e.one('Person')),
  set('Translation', 'text', (r) => r.words(3)),
  dated('Person', 'birthDate', 'birthEarliest', 'birthLatest'),
  dated('Statement', 'date', 'earliest', 'latest'),
  dated('Event', 'date', 'earliest', 'latest'),
  dated('Membership', 'startDate', 'startEarliest', 'startLatest'),
  text,
  merge,
  toggle('Person'),
  toggle('Statement'),
  toggle('Membership'),
  toggle('Event'),
  add('Name', (r, e) => ({ personId: e.one('Person'), name: r.words(1) })),
  add('Identifier', (r, e) => ({ personId: null, organizationId: e.one('Organization'), value: `Q${r.below(99)}` })),
  add('Membership', (_r, e) => ({ personId: e.one('Person'), organizationId: e.one('Organization') })),
  add('Identifier', (r, e) => ({ personId: null, statementId: e.one('Statement'), value: `Q${r.below(99)}` })),
  add('Review', (r, e) => ({
    statementId: e.one('Statement'),
    documentId: e.one('Document'),
    reviewerPersonId: e.one('Person'),
    ratingValue: r.below(6),
  })),
  add('Participation', (_r, e) => ({ eventId: e.one('Event'), personId: e.one('Person') })),
  add('StatementTopic', (_r, e) => ({ statementId: e.one('Statement'), eventId: e.one('Event') })),
  add('Appearance', (_r, e) => ({ statementId: e.one('Statement'), documentId: e.one('Document') })),
  add('DocumentAuthor', (r, e) => ({ documentId: e.one('Document'), personId: e.one('Person'), position: r.below(20) })),
  add('Span', (r, e) => ({ appearanceId: e.one('Appearance'), position: r.below(9) })),
  add('Citation', (_r, e) => ({ documentId: e.one('Document'), eventId: e.one('Event') })),
  add('Person', (r) => ({ name: r.words(2) })),
  (r, e) => {
    const [person, statement] = [r.uuid(), r.uuid()];
    return [
      insertion('Person', { id: person, name: r.words(2) }),
      insertion('Name', { id: r.uuid(), personId: person, name: r.words(1) }),
      insertion('Statement', { id: statement, speakerPersonId: person, text: r.text() }),
      insertion('StatementTopic', { id: r.uuid(), statementId: statement, eventId: e.one('Event') }),
      insertion('Appearance', { id: r.uuid(), statementId: statement, documentId: e.one('Document') }),
      update('Statement', statement, { outletId: e.one('Organization') }),
    ];
  },
  ...(['Name', 'Identifier', 'Span', 'StatementTopic', 'Translation', 'DocumentAuthor'] as const).map(remove),
  ...removed.map(remove),
];

/** All rows of each table, as the database writes them. */
export async function snapshot({ raw }: Pick<TestDatabase, 'raw'>, leftOut = ''): Promise<Record<string, string>> {
  const rows = await raw(tables.map((table) => `SELECT '${table}' AS name, ${rowsOf('public', table, leftOut)}`).join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]));
}

/** A table's rows in one text, by their ids; some columns may be left out. */
export function rowsOf(schema: string, table: string, leftOut = ''): string {
  return `(SELECT coalesce(jsonb_agg(to_jsonb(t) - '{${leftOut}}'::text[] ORDER BY id), '[]')::text FROM ${schema}."${table}" AS t) AS rows`;
}
