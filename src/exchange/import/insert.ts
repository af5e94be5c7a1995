import { Prisma } from '../../generated/prisma/client.ts';
import { brokenBy, refusalOf } from '../../record/refused.ts';
import { BrokenRule } from '../../record/rule.ts';
import type { Transaction } from '../../record/values.ts';
import { orderedId } from '../ids.ts';
import type { Row } from './given.ts';
import type { PartTable } from './spec.ts';
import { specOf } from './spec.ts';
import type { Model, Unit } from './unit.ts';

// New rows, many in one statement: PostgreSQL makes them of JSON, the same way embedded or not.

/** A new record, ready to be written. */
export interface Built {
  unit: Unit;
  row: Row;
  parts: readonly { table: PartTable; row: Row }[];
}

/** The rows of a record's parts, with ids that keep their order. */
export function partRows(model: Model, ownerId: string, table: PartTable, rows: readonly Row[]): { table: PartTable; row: Row }[] {
  const column = specOf(model).partOwner ?? '';
  return rows.map((row, i) => ({ table, row: { id: orderedId(0, i, table, ownerId, JSON.stringify(row)), [column]: ownerId, ...row } }));
}

/**
 * Writes records of one model. Those that the database refuses are left out.
 * @returns what was wrong with them.
 */
export async function insert(tx: Transaction, model: Model, built: readonly Built[]): Promise<{ unit: Unit; broken: BrokenRule }[]> {
  if (built.length === 0) return [];
  const broken = await attempt(tx, async () => {
    await insertRows(
      tx,
      model,
      built.map(({ row }) => row),
    );
    const parts = new Map<PartTable, Row[]>();
    for (const { table, row } of built.flatMap((each) => each.parts)) {
      const rows = parts.get(table);
      if (rows) rows.push(row);
      else parts.set(table, [row]);
    }
    for (const [table, rows] of parts) await insertRows(tx, table, rows);
  });
  if (!broken) return [];
  const [first] = built;
  if (built.length === 1 && first) return [{ unit: first.unit, broken }];
  // One of them stops all: it is found by halves.
  const middle = Math.ceil(built.length / 2);
  return [...(await insert(tx, model, built.slice(0, middle))), ...(await insert(tx, model, built.slice(middle)))];
}

export async function insertRows(tx: Transaction, table: Model | PartTable, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first)
    .map((column) => `"${column}"`)
    .join(', ');
  await tx.$executeRawUnsafe(
    `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", $1::json)`,
    JSON.stringify(rows, (_, value) => (value === Prisma.DbNull ? null : value)),
  );
}

/** Does work, or takes it back when the rules of the record refuse it. */
export async function attempt(tx: Transaction, work: () => Promise<void>): Promise<BrokenRule | undefined> {
  await tx.$executeRawUnsafe('SAVEPOINT attempt');
  try {
    await work();
    await tx.$executeRawUnsafe('RELEASE SAVEPOINT attempt');
    return undefined;
  } catch (error) {
    const broken = error instanceof BrokenRule ? error : (brokenBy(error) ?? refusedValue(error));
    if (!broken) throw error;
    await tx.$executeRawUnsafe('ROLLBACK TO SAVEPOINT attempt');
    return broken;
  }
}

/** A value that the database can't keep, or a rule that it keeps alone. */
function refusedValue(error: unknown): BrokenRule | undefined {
  const refused = refusalOf(error);
  if (!refused || !/^2[23]|^P0001/.test(refused.code)) return undefined;
  if (/^22(P05|P02|021)/.test(refused.code)) {
    return new BrokenRule('INVALID_VALUE', 'It holds a character that can’t be kept, such as NUL or half of a surrogate pair.', []);
  }
  if (/_pkey"/.test(refused.message)) return new BrokenRule('ALREADY_LINKED', 'The source has the same twice.', []);
  const rule = /constraint "(\w+)"/.exec(refused.message)?.[1];
  return new BrokenRule('INVALID_VALUE', `It breaks a rule of the record${rule ? ` (${rule})` : ''}.`, []);
}
