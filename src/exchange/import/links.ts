import { stableId } from '../ids.ts';
import type { Batch } from './batch.ts';
import { readable } from './resolve.ts';
import { canonical } from './setter.ts';
import type { Model, Unit } from './unit.ts';

// Links that say nothing of their id are found again by what they bind together, and how.

type Row = Readonly<Record<string, string | null>>;

/** What no two links of a model have in common, as columns. */
const keys: Readonly<Partial<Record<Model, readonly string[]>>> = {
  Participation: ['eventId', 'personId', 'organizationId', 'role'],
  EventLink: ['fromId', 'toId', 'kind'],
  Appearance: ['statementId', 'documentId'],
  Review: ['statementId', 'documentId'],
  StatementLink: ['fromId', 'toId', 'kind'],
};

/** What tells links of the other models apart that hang on the same record. */
const tellingApart: Readonly<Partial<Record<Model, readonly string[]>>> = {
  Membership: ['organization', 'role', 'onBehalfOf', 'startDate'],
  Citation: ['document'],
};

/** Finds the links among these that are there already, and gives the others their ids. */
export async function findLinks(batch: Batch, units: readonly Unit[]): Promise<void> {
  for (const [model, columns] of Object.entries(keys) as [Model, readonly string[]][]) {
    const [owner = ''] = columns;
    const some = units.filter((unit) => unit.model === model);
    // Nothing hangs yet on a record that is new.
    const owners = new Set(some.flatMap((unit) => (unit.owner?.id && batch.resolver.isThere(unit.owner.id) ? [unit.owner.id] : [])));
    const rows =
      owners.size === 0
        ? []
        : await batch.tx.$queryRawUnsafe<Row[]>(
            `SELECT id::text, ${columns.map((column) => `"${column}"::text`).join(', ')} FROM "${model}" WHERE "${owner}" = ANY ($1::uuid[])`,
            [...owners],
          );
    const there = new Map(rows.map((row) => [columns.map((column) => row[column] ?? '').join(' '), row.id ?? '']));
    for (const unit of some) {
      const key = keyOf(batch, unit, columns);
      const found = there.get(key);
      if (found !== undefined && found !== unit.id) meet(batch, unit, found);
      unit.id ??= stableId(model, key);
    }
  }
  const others: Unit[] = [];
  for (const unit of units) {
    const telling = tellingApart[unit.model];
    if (!telling || unit.id) continue;
    const given = unit.given as unknown as Record<string, unknown>;
    unit.id = stableId(unit.model, unit.owner?.id ?? '', canonical(telling.map((name) => given[name])));
    others.push(unit);
  }
  await batch.resolver.load(others.map(({ model, id = '' }) => ({ model, ref: { id } })));
  for (const unit of others) if (unit.id && batch.resolver.isThere(unit.id)) batch.met.add(unit);
}

/** A link that is there under another id than the one that is given. */
function meet(batch: Batch, unit: Unit, id: string): void {
  if (unit.id) batch.resolver.rename(unit.id, { model: unit.model, id, status: batch.statusOf(unit) });
  unit.id = id;
  batch.met.add(unit);
}

function keyOf({ resolver }: Batch, unit: Unit, columns: readonly string[]): string {
  const given = unit.given as unknown as Record<string, unknown>;
  const id = (model: Model, ref: unknown) => resolver.find(model, readable({ model, ref: ref as never, path: '' }).ref)?.id ?? '';
  const values: Record<string, string> = { [columns[0] ?? '']: unit.owner?.id ?? '' };
  if ('to' in given) values.toId = id(unit.model === 'EventLink' ? 'Event' : 'Statement', given.to);
  if ('document' in given) values.documentId = id('Document', given.document);
  const participant = given.participant as { person?: unknown; organization?: unknown } | undefined;
  if (participant?.person) values.personId = id('Person', participant.person);
  if (participant?.organization) values.organizationId = id('Organization', participant.organization);
  return columns.map((column) => values[column] ?? (given[column] as string | undefined) ?? '').join(' ');
}
