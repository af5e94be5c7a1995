import { fieldOf, referencesOf } from '../graph/model.ts';
import { keepPublished } from '../record/publish.ts';
import { BrokenRule } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';
import { chainOf, type Pair, query } from './pair.ts';
import { standing } from './standing.ts';

// What the survivor lacks, it takes from the duplicate; what it has, it keeps.

interface Column {
  name: string;
  /** Columns of one group are taken together, or not at all. */
  group: string;
  own: unknown;
  other: unknown;
}

/** What every record has for itself, and what the database derives. */
const notTaken = [
  'id',
  'status',
  'revision',
  'createdAt',
  'updatedAt',
  'createdBy',
  'retractionReason',
  'mergedIntoId',
  'ancestorIds',
  'titleText',
];

/** A first instant and a last one that it may not lie behind. */
const inOrder = [
  ['birthEarliest', 'deathLatest'],
  ['foundingEarliest', 'dissolutionLatest'],
  ['earliest', 'endLatest'],
] as const;

/**
 * Fills what the survivor lacks.
 * @returns the names of the columns that it took.
 * @throws {BrokenRule} NOT_MERGEABLE when it would depend on a draft.
 */
export async function fill(tx: Transaction, pair: Pair): Promise<Set<string>> {
  const { model, survivor, duplicate } = pair;
  const columns = await columnsOf(tx, pair);
  const taken = new Map<string, unknown>();
  const groups = new Set(columns.map(({ group }) => group));
  for (const group of groups) {
    const members = columns.filter((column) => column.group === group);
    for (const [name, value] of await takenFrom(tx, pair, members)) taken.set(name, value);
  }
  keepOrder(columns, taken);
  // No two documents have the same URL, and none is without both.
  if (taken.has('url')) {
    const title = columns.find(({ name }) => name === 'title');
    await query(tx, `UPDATE "${model}" SET "url" = NULL, "title" = $2 WHERE id = $1::uuid`, duplicate, title?.other ?? title?.own ?? null);
  }
  if (taken.size > 0) {
    const content = JSON.stringify(Object.fromEntries(taken));
    await query(tx, 'SELECT history.update_row($1, $2::uuid, $3::jsonb)::text', model, survivor, content);
  }
  return new Set(taken.keys());
}

async function columnsOf(tx: Transaction, { model, survivor, duplicate }: Pair): Promise<Column[]> {
  return query<Column>(
    tx,
    `SELECT own.key AS "name", history.group_of($1, own.key) AS "group", own.value AS "own", other.value AS "other"
     FROM "${model}" AS s JOIN "${model}" AS d ON d.id = $3::uuid
       CROSS JOIN LATERAL jsonb_each(to_jsonb(s)) AS own JOIN LATERAL jsonb_each(to_jsonb(d)) AS other ON other.key = own.key
     WHERE s.id = $2::uuid AND own.key <> ALL ($4::text[])`,
    model,
    survivor,
    duplicate,
    notTaken,
  );
}

async function takenFrom(tx: Transaction, pair: Pair, members: readonly Column[]): Promise<[string, unknown][]> {
  const [first] = members;
  if (!first) return [];
  const { name, own, other } = first;
  if (members.length === 1 && isLocalized(pair.model, name)) {
    const both = { ...(other as object | null), ...(own as object | null) };
    return Object.keys(both).length > Object.keys((own as object | null) ?? {}).length ? [[name, both]] : [];
  }
  // A mode goes with its type.
  const mode = members.find((column) => column.name === 'mode');
  const type = members.find((column) => column.name === 'type');
  if (mode && type && type.own !== null)
    return type.own === type.other && mode.own === null && mode.other !== null ? [['mode', mode.other]] : [];
  // What leads to the duplicate leads to the survivor itself now.
  const lacks = members.every((column) => column.own === null || column.own === pair.duplicate);
  const gives = members.some((column) => column.other !== null);
  const target = referencesOf(pair.model).find(({ column }) => column === name);
  if (target && lacks) {
    const fits = other !== null && (await mayRefer(tx, pair, target, String(other)));
    return fits ? [[name, other]] : own === null ? [] : [[name, null]];
  }
  return lacks && gives ? members.map((column) => [column.name, column.other]) : [];
}

function isLocalized(model: string, column: string): boolean {
  return fieldOf(model, column).type === 'Json';
}

/** Whether the survivor can take over a reference: not to itself, however far round, nor to what readers of it couldn't see. */
async function mayRefer(
  tx: Transaction,
  { model, survivor }: Pair,
  { column, to }: { column: string; to: string },
  id: string,
): Promise<boolean> {
  const target = await standing(tx, to, id);
  if (target.status === 'MERGED') return false;
  if (target.status === 'DRAFT' && (await standing(tx, model, survivor)).status !== 'DRAFT') return false;
  return to !== model || !(await chainOf(tx, model, column, id)).has(survivor);
}

/** Leaves out an end before the start, or a start after the end. */
function keepOrder(columns: readonly Column[], taken: Map<string, unknown>): void {
  for (const [start, end] of inOrder) {
    const value = (name: string) => (taken.has(name) ? taken.get(name) : columns.find((column) => column.name === name)?.own);
    const [from, to] = [value(start), value(end)];
    if (from == null || to == null || Date.parse(String(from)) <= Date.parse(String(to))) continue;
    const name = taken.has(end) ? end : start;
    const group = columns.find((column) => column.name === name)?.group;
    for (const column of columns) if (column.group === group) taken.delete(column.name);
  }
}

/** Keeps what the duplicate was called, as another name of the survivor, unless it has that name. */
export async function keepNames(tx: Transaction, { model, survivor, duplicate }: Pair): Promise<void> {
  if (model === 'Document') return;
  const owner = `${model.charAt(0).toLowerCase()}${model.slice(1)}Id`;
  const own = model === 'Event' ? 'jsonb_each_text(r."title")' : '(VALUES (NULL::text, r."name"))';
  const names = `SELECT n.key AS "language", n.value AS "name" FROM "${model}" AS r, LATERAL ${own} AS n (key, value) WHERE r.id = `;
  const missing = await query<{ language: string | null; name: string }>(
    tx,
    `SELECT * FROM (${names} $2::uuid) AS d WHERE NOT EXISTS (SELECT FROM (${names} $1::uuid) AS s WHERE s."name" = d."name")
       AND NOT EXISTS (SELECT FROM "Name" AS n WHERE n."${owner}" = $1::uuid AND n."name" = d."name") ORDER BY 1, 2`,
    survivor,
    duplicate,
  );
  for (const { language, name } of missing) {
    await tx.name.create({ select: { id: true }, data: { [owner]: survivor, name, kind: 'ALIAS', language } as never });
  }
}

/** What is published depends on no draft, also by what it got. */
export async function keepDependable(tx: Transaction, { model, survivor }: Pair): Promise<void> {
  try {
    await keepPublished(tx, model, survivor);
  } catch (error) {
    if (!(error instanceof BrokenRule)) throw error;
    throw new BrokenRule(
      'NOT_MERGEABLE',
      `The survivor is published and would depend on a draft of the duplicate. ${error.message}`,
      ['duplicate'],
      error.records,
    );
  }
}
