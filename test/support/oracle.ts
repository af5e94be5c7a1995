import type { TestDatabase } from './database.ts';
import { lists, type Many, ones } from './relations.ts';

export type Row = Record<string, unknown> & { id: string };

/** The links and parts that are shown when the person, organization, place or event at their end is. */
const ends: Record<string, string> = {
  personId: 'Person',
  organizationId: 'Organization',
  memberOrganizationId: 'Organization',
  placeId: 'Place',
  eventId: 'Event',
};

/** What a link needs to be seen, besides being published itself. */
const needed: Record<string, readonly string[]> = {
  Membership: ['organization'],
  Participation: ['event'],
  EventLink: ['from', 'to'],
  StatementLink: ['from', 'to'],
  Appearance: ['statement', 'document'],
  Citation: ['document'],
  Review: ['statement', 'document'],
};

const facts = ['event', 'participation', 'membership', 'eventLink', 'statementLink'];

/** Text columns that lists are ordered by: only the database knows their order. */
const ranked: Record<string, readonly string[]> = {
  Person: ['name', 'sortName'],
  Organization: ['name'],
  Place: ['name'],
  Document: ['title'],
};

const tables = [
  'Person',
  'Organization',
  'Place',
  'Membership',
  'Event',
  'Participation',
  'EventLink',
  'Document',
  'Statement',
  'Appearance',
  'StatementLink',
  'Citation',
  'Review',
  'Name',
  'Identifier',
  'DocumentAuthor',
  'StatementTopic',
  'Translation',
  'Span',
];

/**
 * All rows of a database, and what a reader may see of them. Instants are numbers of milliseconds; `rank:name`
 * is the place of a name in the database's order, the same for equal ones.
 */
export class Oracle {
  readonly #rows = new Map<string, Map<string, Row>>();
  readonly #seen = new Map<Row, boolean>();
  readonly #named = new Map<string, Map<unknown, Row[]>>();

  static async load({ raw }: Pick<TestDatabase, 'raw'>): Promise<Oracle> {
    const oracle = new Oracle();
    const instants = await raw(`SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'timestamp with time zone'`);
    for (const table of tables) {
      const milliseconds = instants
        .filter((each) => each.table === table)
        .map(({ column }) => `'${column}', extract(epoch FROM "${column}") * 1000`);
      const ranks = (ranked[table] ?? []).map(
        (column) => `'rank:${column}', CASE WHEN "${column}" IS NOT NULL THEN dense_rank() OVER (ORDER BY "${column}") END`,
      );
      const rows = await raw(`SELECT to_jsonb(t) || jsonb_build_object(${[...milliseconds, ...ranks].join()}) AS row FROM "${table}" AS t`);
      oracle.#rows.set(table, new Map(rows.map(({ row }) => [(row as Row).id, row as Row])));
    }
    oracle.#rows.set('Mention', new Map(oracle.#mentions().map((row) => [row.id, row])));
    return oracle;
  }

  all(model: string): Row[] {
    const rows = this.#rows.get(model);
    if (!rows) throw new Error(`The oracle has no rows of ${model}.`);
    return [...rows.values()];
  }

  get(model: string, id: unknown): Row | undefined {
    return typeof id === 'string' ? this.#rows.get(model)?.get(id) : undefined;
  }

  /** The rows that a reader may see. */
  seen(model: string): Row[] {
    return this.all(model).filter((row) => this.sees(model, row));
  }

  /** Whether a reader may see a row; not if there is none. */
  sees(model: string, row: Row | undefined): row is Row {
    if (!row) return false;
    const known = this.#seen.get(row) ?? this.#sees(model, row);
    this.#seen.set(row, known);
    return known;
  }

  #sees(model: string, row: Row): boolean {
    if ((row.status ?? 'PUBLISHED') !== 'PUBLISHED') return false;
    const links = needed[model] ?? [];
    if (!links.every((link) => this.sees(...this.#end(model, row, link)))) return false;
    if (model === 'Citation') return facts.some((fact) => this.sees(...this.#end(model, row, fact)));
    if (!['Membership', 'Participation', 'DocumentAuthor', 'StatementTopic', 'Mention'].includes(model)) return true;
    return Object.entries(ends).some(([column, end]) => {
      // The organization and the event of these are what they are in, not who they are of.
      if ((model === 'Membership' && column === 'organizationId') || (model === 'Participation' && column === 'eventId')) return false;
      return this.sees(end, this.get(end, row[column]));
    });
  }

  #end(model: string, row: Row, field: string): [string, Row | undefined] {
    const relation = ones[model]?.[field];
    if (!relation) throw new Error(`${model} has no relation ${field}.`);
    return [relation.of, this.get(relation.of, row[relation.by])];
  }

  /** The record at the end of a relation, if there is one and a reader may see it. */
  one(model: string, row: Row, field: string): Row | undefined {
    const [of, end] = this.#end(model, row, field);
    return this.sees(of, end) ? end : undefined;
  }

  /** The records of a list that a reader may see, each with the row that leads to it: itself, or a link. */
  list(model: string, row: Row, field: string): { row: Row; link: Row }[] {
    const { of, by, link } = listOf(model, field);
    const found = this.#naming(link?.model ?? of, by, row.id).map((each) => ({
      link: each,
      row: link ? this.get(of, each[link.to]) : each,
    }));
    return found.filter((each): each is { row: Row; link: Row } => this.sees(of, each.row));
  }

  /** The rows of a model that have an id in a column. */
  #naming(model: string, column: string, id: string): Row[] {
    const key = `${model}.${column}`;
    let rows = this.#named.get(key);
    if (!rows) {
      rows = new Map();
      for (const row of this.all(model)) rows.set(row[column], [...(rows.get(row[column]) ?? []), row]);
      this.#named.set(key, rows);
    }
    return rows.get(id) ?? [];
  }

  /** Whom and what documents speak of, from the facts that may be seen: in JavaScript, what a view says in SQL. */
  #mentions(): Row[] {
    const found = new Map<string, Row>();
    const add = (documentId: unknown, column: string, subject: unknown) => {
      if (typeof subject !== 'string') return;
      const id = `${documentId}:${subject}`;
      found.set(id, { id, documentId, [column]: subject });
    };
    const published = (model: string) => this.all(model).filter(({ status }) => status === 'PUBLISHED');
    for (const { documentId, statementId } of published('Appearance')) {
      const statement = this.get('Statement', statementId);
      if (statement?.status !== 'PUBLISHED') continue;
      for (const column of ['speakerPersonId', 'addresseePersonId']) add(documentId, 'personId', statement[column]);
      for (const column of ['speakerOrganizationId', 'addresseeOrganizationId', 'outletId'])
        add(documentId, 'organizationId', statement[column]);
      add(documentId, 'placeId', statement.venueId);
      add(documentId, 'placeId', statement.venueId);
      for (const topic of this.all('StatementTopic').filter((each) => each.statementId === statementId)) {
        for (const column of ['personId', 'organizationId', 'placeId', 'eventId']) add(documentId, column, topic[column]);
      }
    }
    for (const citation of this.seen('Citation')) {
      const event = this.one('Citation', citation, 'event');
      add(citation.documentId, 'eventId', event?.id);
      add(citation.documentId, 'placeId', event?.placeId);
      const participation = this.one('Citation', citation, 'participation');
      for (const column of ['personId', 'organizationId']) add(citation.documentId, column, participation?.[column]);
      const membership = this.one('Citation', citation, 'membership');
      add(citation.documentId, 'personId', membership?.personId);
      for (const column of ['memberOrganizationId', 'organizationId']) add(citation.documentId, 'organizationId', membership?.[column]);
    }
    return [...found.values()];
  }
}

export function listOf(model: string, field: string): Many {
  const list = lists[model]?.[field];
  if (!list) throw new Error(`test/support/relations.ts doesn't say what ${model}.${field} is.`);
  return list;
}
