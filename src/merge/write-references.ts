import { partModels, recordModels, referencesOf, uniquesOf } from '../graph/model.ts';
import { BrokenRule } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';
import { chainOf, type Pair, query, type Stayed } from './pair.ts';
import { standing } from './standing.ts';

// Everything that refers to the duplicate refers to the survivor afterwards, except what the record already
// says of the survivor, and what would become circular: that stays where it is, and is hidden with it.

/** References of one row to two records of one model that can't be the same record. */
const apart: Readonly<Record<string, readonly string[]>> = {
  Membership: ['memberOrganizationId', 'organizationId'],
  EventLink: ['fromId', 'toId'],
};

interface Moved {
  model: string;
  id: string;
}

/**
 * Moves all references to the duplicate. Memberships come before the statements that name them as a capacity,
 * as they do in the data model.
 * @throws {BrokenRule} NOT_MERGEABLE.
 */
export async function moveReferences(tx: Transaction, pair: Pair): Promise<{ moved: Moved[]; stayed: Stayed[] }> {
  const moved: Moved[] = [];
  const stayed: Stayed[] = [];
  for (const model of [...recordModels, ...partModels]) {
    for (const { relation, column, to } of referencesOf(model)) {
      if (to !== pair.model || relation === 'mergedInto') continue;
      const here = await moveColumn(tx, pair, model, column, stayed);
      moved.push(...here.map((id) => ({ model, id })));
    }
  }
  return { moved, stayed };
}

async function moveColumn(tx: Transaction, pair: Pair, model: string, column: string, stayed: Stayed[]): Promise<string[]> {
  const rows = await query<{ id: string; twin: string | null; isCircular: boolean }>(
    tx,
    `SELECT r.id, ${twinOf(model, column)} AS "twin", ${circular(model, column)} AS "isCircular"
     FROM "${model}" AS r WHERE r."${column}" = $2::uuid AND r.id <> $1::uuid ORDER BY r.id`,
    pair.survivor,
    pair.duplicate,
  );
  if (rows.length === 0) return [];
  // The survivor can't lie below itself; what it lies below instead is seen to with its other columns.
  const above = model === pair.model ? await chainOf(tx, model, column, pair.survivor) : new Set<string>();
  const ids: string[] = [];
  for (const { id, twin, isCircular } of rows) {
    if (twin) {
      await leaveToTwin(tx, model, id, twin, stayed);
      stayed.push({ model, id, column, twin });
    } else if (isCircular || above.has(id)) {
      if (model === 'Membership' && column === 'memberOrganizationId') await refuseCapacity(tx, id);
      stayed.push({ model, id, column, twin: null });
    } else ids.push(id);
  }
  const order = uniquesOf(model).some((columns) => columns.includes(column) && columns.includes('position'));
  // What has an order comes after what the survivor has.
  const place = order
    ? `, "position" = r."position" + coalesce((SELECT max(t."position") + 1 FROM "${model}" AS t WHERE t."${column}" = $1::uuid), 0)`
    : '';
  if (ids.length > 0)
    await query(tx, `UPDATE "${model}" AS r SET "${column}" = $1::uuid${place} WHERE id = ANY ($2::uuid[])`, pair.survivor, ids);
  return ids;
}

/** The SQL of the row that says the same of the survivor ($1). */
function twinOf(model: string, column: string): string {
  const twins = uniquesOf(model)
    .filter((columns) => columns.includes(column) && !columns.includes('position'))
    .map((columns) => {
      const same = columns.map((each) => (each === column ? `t."${each}" = $1::uuid` : `t."${each}" = r."${each}"`));
      return `(SELECT t.id FROM "${model}" AS t WHERE ${same.join(' AND ')})`;
    });
  return twins.length > 0 ? `coalesce(${twins.join(', ')})` : 'NULL::uuid';
}

/** The SQL of whether a row would bind the survivor ($1) to itself. */
function circular(model: string, column: string): string {
  const others = (apart[model]?.includes(column) ? apart[model] : []).filter((other) => other !== column);
  return others.length > 0 ? others.map((other) => `coalesce(r."${other}" = $1::uuid, false)`).join(' OR ') : 'false';
}

/** Gives what hangs on a row to the one that says the same of the survivor. */
async function leaveToTwin(tx: Transaction, model: string, id: string, twin: string, stayed: Stayed[]): Promise<void> {
  if (recordModels.includes(model)) await refuseLesser(tx, model, id, twin);
  for (const of of recordModels) {
    for (const { column, to } of referencesOf(of)) {
      if (to !== model) continue;
      const above = of === model ? await chainOf(tx, model, column, twin) : new Set<string>();
      const rows = await query<{ id: string }>(tx, `SELECT id FROM "${of}" WHERE "${column}" = $1::uuid`, id);
      const ids = rows.map((row) => row.id).filter((each) => !above.has(each));
      for (const each of rows) if (above.has(each.id)) stayed.push({ model: of, id: each.id, column, twin: null });
      if (ids.length > 0) await query(tx, `UPDATE "${of}" SET "${column}" = $1::uuid WHERE id = ANY ($2::uuid[])`, twin, ids);
    }
  }
}

/** What readers see may not disappear behind what they don't. */
async function refuseLesser(tx: Transaction, model: string, id: string, twin: string): Promise<void> {
  const [duplicate, survivor] = [await standing(tx, model, id), await standing(tx, model, twin)];
  if (survivor.rank >= duplicate.rank) return;
  throw new BrokenRule(
    'NOT_MERGEABLE',
    `Each has the same ${model}, which is ${duplicate.status} for the duplicate and ${survivor.status} for the survivor. Publish, remove or retract one of the two first.`,
    ['duplicate'],
    [
      { model, id },
      { model, id: twin },
    ],
  );
}

async function refuseCapacity(tx: Transaction, membership: string): Promise<void> {
  const made = await tx.statement.count({ where: { capacityId: membership } });
  if (made === 0) return;
  throw new BrokenRule(
    'NOT_MERGEABLE',
    `The duplicate is a member of the survivor, and ${made} statements were made in that capacity. Change them first.`,
    ['duplicate'],
    [{ model: 'Membership', id: membership }],
  );
}
