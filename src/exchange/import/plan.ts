import { Prisma } from '../../generated/prisma/client.ts';
import type { RecordStatus } from '../../generated/prisma/enums.ts';
import type { Transaction } from '../../record/values.ts';
import type { Row } from './given.ts';
import { type Built, partRows } from './insert.ts';
import { canonical, type Setters, same } from './setter.ts';
import { type PartTable, specOf } from './spec.ts';
import { problemOf, type Told } from './told.ts';
import type { Model, Unit } from './unit.ts';

// What is to be done about a record that is there already: which values the source may change, which ones an
// editor gave since.

/** A record that was found again, with what the source makes of it. */
export interface Met extends Built {
  unit: Unit & { id: string };
  /** What is given, as the write functions take it. */
  fields: Row;
  /** What the source says of its status, if it does. */
  status: RecordStatus | undefined;
  retractionReason: string | null;
}

/** What a record is of is part of what it is. */
const fixed: ReadonlySet<string> = new Set([
  'Appearance.statementId',
  'Appearance.documentId',
  'Review.statementId',
  'Review.documentId',
  'Citation.documentId',
]);

/** Parts whose order counts are replaced together; of the others each stands by itself. */
const ordered: ReadonlySet<PartTable> = new Set<PartTable>(['DocumentAuthor', 'Span']);

/** The records as they are, and their parts by table, each with its id. */
export interface Present {
  rows: ReadonlyMap<string, Row>;
  parts: ReadonlyMap<string, readonly (Row & { id: string })[]>;
}

export async function presentOf(tx: Transaction, model: Model, met: readonly Met[]): Promise<Present> {
  const ids = met.map(({ unit }) => unit.id);
  // A document's text is long, and its digest tells whether it is the same.
  const rows = await tx.$queryRawUnsafe<{ id: string; row: Row }[]>(
    `SELECT id::text, to_jsonb(t)${model === 'Document' ? " - 'text'" : ''} AS row FROM "${model}" AS t WHERE id = ANY ($1::uuid[])`,
    ids,
  );
  const parts = new Map<string, (Row & { id: string })[]>();
  const owner = specOf(model).partOwner;
  for (const table of tablesOf(met)) {
    const found = await tx.$queryRawUnsafe<{ owner: string; row: Row & { id: string } }[]>(
      `SELECT "${owner}"::text AS owner, to_jsonb(t) AS row FROM "${table}" AS t WHERE "${owner}" = ANY ($1::uuid[]) ORDER BY id`,
      ids,
    );
    for (const { owner: id, row } of found) parts.set(`${table} ${id}`, [...(parts.get(`${table} ${id}`) ?? []), row]);
  }
  return { rows: new Map(rows.map(({ id, row }) => [id, row])), parts };
}

const tablesOf = (met: readonly Met[]) =>
  new Set(met.flatMap(({ parts }) => parts.map(({ table }) => table)).concat(met.flatMap(givenTables)));

/** The parts that the source speaks of, even if only to say that there are none. */
function givenTables({ unit }: Pick<Met, 'unit'>): PartTable[] {
  const given = unit.given as unknown as Record<string, unknown>;
  const tables: [string, PartTable][] = [
    ['names', 'Name'],
    ['aliases', 'Name'],
    ['identifiers', 'Identifier'],
    ['authors', 'DocumentAuthor'],
    ['about', 'StatementTopic'],
    ['translations', 'Translation'],
    ['content', 'Span'],
    ['evidence', 'Span'],
  ];
  return tables.flatMap(([name, table]) => (given[name] !== undefined ? [table] : []));
}

export interface Plan {
  /** For the update function. */
  changes: Record<string, unknown>;
  status: RecordStatus | undefined;
  added: { table: PartTable; row: Row }[];
  removed: { table: PartTable; id: string }[];
  told: Told[];
  isEmpty: boolean;
}

/** Instants follow from the dates as they are written. */
const followsFromOthers = /(^|[a-z])(Earliest|Latest)$|^(earliest|latest)$/;

function comparedColumns(model: Model, row: Row): string[] {
  return Object.keys(row).filter((column) => !followsFromOthers.test(column) && !(model === 'Document' && column === 'text'));
}

const value = (row: Row | undefined, column: string) => {
  const each = row?.[column];
  return each === Prisma.DbNull ? null : each;
};

/** The field of the write functions that a column belongs to. */
function fieldOf(model: Model, column: string): string {
  if (model === 'Document' && column === 'sha256') return 'text';
  const found = Object.entries(specOf(model).columnsOf ?? {}).find(([, columns]) => columns.includes(column));
  return found ? found[0] : column;
}

export function isSame(model: Model, met: Met, { rows, parts }: Present): boolean {
  const row = rows.get(met.unit.id);
  if (met.status && met.status !== row?.status) return false;
  if (comparedColumns(model, met.row).some((column) => !same(value(met.row, column), row?.[column]))) return false;
  return givenTables(met).every((table) => {
    const wanted = contents(
      met.parts.filter((part) => part.table === table).map((part) => part.row),
      table,
    );
    const there = contents(parts.get(`${table} ${met.unit.id}`) ?? [], table);
    return same(wanted, there);
  });
}

export function planOf(model: Model, met: Met, present: Present, setters: Setters): Plan {
  const { unit } = met;
  const row = present.rows.get(unit.id) ?? {};
  const plan: Plan = { changes: {}, status: undefined, added: [], removed: [], told: [], isEmpty: false };
  const kept = new Set<string>();
  for (const column of comparedColumns(model, met.row)) {
    const [wanted, there] = [value(met.row, column), row[column]];
    if (same(wanted, there)) continue;
    const field = fieldOf(model, column);
    const isGiven = field in met.fields;
    if (fixed.has(`${model}.${column}`)) {
      plan.told.push(conflict(unit, field, 'it is of something else in the record; remove it there first'));
    } else if (!isGiven) {
      if (setters.isOurs(unit.id, column)) plan.changes[field] = null;
    } else {
      const verdict = setters.verdict(unit.id, column, wanted);
      if (verdict === 'take') plan.changes[field] = met.fields[field];
      else kept.add(field);
      if (verdict === 'conflict') plan.told.push(conflict(unit, field, `the record has ${brief(there)}, the source ${brief(wanted)}`));
    }
  }
  // A speaker has two columns, of which an editor may have changed one: the editor's holds.
  for (const field of kept) delete plan.changes[field];
  planStatus(plan, met, row, setters);
  for (const table of givenTables(met)) planParts(plan, model, met, table, present.parts.get(`${table} ${unit.id}`) ?? [], setters);
  plan.isEmpty = Object.keys(plan.changes).length + plan.added.length + plan.removed.length === 0 && plan.status === undefined;
  return plan;
}

function planStatus(plan: Plan, { unit, status, retractionReason }: Met, row: Row, setters: Setters): void {
  if (!status || status === row.status) return;
  if (status === 'MERGED' || row.status === 'MERGED') {
    plan.told.push(
      conflict(unit, 'status', `the record has ${brief(row.status)}, the source ${brief(status)}; merge or unmerge it in the record`),
    );
    return;
  }
  const verdict = setters.verdict(unit.id, 'status', status);
  if (verdict === 'take') plan.status = status;
  else if (verdict === 'conflict' || retractionReason) {
    plan.told.push(conflict(unit, 'status', `the record has ${brief(row.status)}, the source ${brief(status)}`));
  }
}

function planParts(plan: Plan, model: Model, met: Met, table: PartTable, there: readonly (Row & { id: string })[], setters: Setters): void {
  const { id } = met.unit;
  const wanted = met.parts.filter((part) => part.table === table).map((part) => part.row);
  const has = new Map(there.map((row) => [contentOf(row, table), row]));
  const wants = new Map(wanted.map((row) => [contentOf(row, table), row]));
  if (ordered.has(table)) {
    if (same(contents(wanted, table), contents(there, table))) return;
    if (setters.changedByHand(id, table))
      plan.told.push(conflict(met.unit, table === 'Span' ? 'spans' : 'authors', 'an editor changed them'));
    else Object.assign(plan.changes, orderedFields(model, met));
    return;
  }
  for (const [content, row] of wants) {
    if (has.has(content) || setters.wasTakenBack(id, table, (former) => contentOf(former, table) === content)) continue;
    plan.added.push(...partRows(model, id, table, [row]));
  }
  for (const [content, row] of has) {
    if (!wants.has(content) && setters.isOurPart(row.id)) plan.removed.push({ table, id: row.id });
  }
}

/** Lists that are replaced as a whole, as the update functions take them. */
function orderedFields(model: Model, { unit, parts }: Met): Row {
  const given = unit.given as unknown as Record<string, unknown>;
  if (model === 'Document') {
    const authors = parts.filter(({ table }) => table === 'DocumentAuthor').map(({ row }) => row);
    return { authors: authors.map(({ personId, organizationId }) => (personId ? { person: personId } : { organization: organizationId })) };
  }
  if (model === 'Citation') return { evidence: given.evidence };
  return { content: given.content, cue: given.cue ?? [], source: given.source ?? [] };
}

/** What a part says, without the count of rows and whose it is. */
function contentOf(row: Row, table: PartTable): string {
  const owners = table === 'StatementTopic' || table === 'DocumentAuthor' ? ['statementId', 'documentId'] : [];
  const left = new Set([
    'id',
    'statementEarliest',
    ...(table === 'Name' || table === 'Identifier' || table === 'Span' ? partOwners : owners),
  ]);
  if (table === 'Translation') left.add('statementId');
  if (table === 'Span') for (const column of ['prefix', 'suffix', 'end']) left.add(column);
  return canonical(Object.fromEntries(Object.entries(row).filter(([column, each]) => !left.has(column) && each !== null)));
}

const partOwners = ['personId', 'organizationId', 'placeId', 'eventId', 'documentId', 'statementId', 'appearanceId', 'citationId'];

/** What the parts of a table say together. */
function contents(rows: readonly Row[], table: PartTable): string[] {
  return rows.map((row) => contentOf(row, table)).sort();
}

function conflict(unit: Unit, field: string, what: string): Told {
  const told = problemOf(unit, `kept as an editor has it: ${what}.`, [field]);
  return { ...told, kind: 'conflict', ...(unit.id ? { record: unit.id } : {}) };
}

function brief(each: unknown): string {
  if (each === null || each === undefined) return 'nothing';
  const text = typeof each === 'string' ? `“${each}”` : JSON.stringify(each);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
