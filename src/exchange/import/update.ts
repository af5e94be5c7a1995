import { updateDocument } from '../../documents/write.ts';
import { updateAppearance } from '../../documents/write-appearance.ts';
import { updateCitation } from '../../documents/write-citation.ts';
import { updateEvent } from '../../events/write.ts';
import { updateEventLink, updateParticipation } from '../../events/write-links.ts';
import type { RecordStatus } from '../../generated/prisma/enums.ts';
import { updateOrganization } from '../../organizations/write.ts';
import { updateMembership } from '../../organizations/write-membership.ts';
import { updatePerson } from '../../people/write.ts';
import { updatePlace } from '../../places/write.ts';
import { keepPublished } from '../../record/publish.ts';
import { BrokenRule } from '../../record/rule.ts';
import type { Transaction } from '../../record/values.ts';
import { updateStatement } from '../../statements/write.ts';
import { updateStatementLink } from '../../statements/write-link.ts';
import { updateReview } from '../../statements/write-review.ts';
import { attempt, insertRows } from './insert.ts';
import { isSame, type Met, type Plan, type Present, planOf, presentOf } from './plan.ts';
import { Setters } from './setter.ts';
import { problemOf, type Told } from './told.ts';
import type { Model, Unit } from './unit.ts';

// A record that is there already: what the source says anew is taken over by the rules of writing, and what
// editors changed since is kept.

export interface Updated {
  updated: Unit[];
  unchanged: Unit[];
  skipped: Unit[];
  told: Told[];
  /** The statuses that records got, by UUID. */
  statuses: Map<string, RecordStatus>;
  /** The spans that have no place in the new text of their document, by UUID. */
  lost: string[];
}

type Update = (tx: Transaction, id: string, changes: never, lost?: string[]) => Promise<void>;

const updates: Readonly<Record<Model, Update>> = {
  Place: updatePlace,
  Organization: updateOrganization,
  Person: updatePerson,
  Membership: updateMembership,
  Document: updateDocument,
  Event: updateEvent,
  Participation: updateParticipation,
  EventLink: updateEventLink,
  Statement: updateStatement,
  Appearance: updateAppearance,
  Review: updateReview,
  StatementLink: updateStatementLink,
  Citation: updateCitation,
};

/** Takes over what differs of records of one model. */
export async function update(tx: Transaction, model: Model, met: readonly Met[], format: string): Promise<Updated> {
  const done: Updated = { updated: [], unchanged: [], skipped: [], told: [], statuses: new Map(), lost: [] };
  if (met.length === 0) return done;
  const present = await presentOf(tx, model, met);
  const differing = new Set(met.filter((each) => !isSame(model, each, present)));
  const setters =
    differing.size > 0
      ? await Setters.of(
          tx,
          [...differing].map(({ unit }) => unit.id),
          format,
        )
      : undefined;
  for (const each of met) {
    if (!setters || !differing.has(each)) {
      done.unchanged.push(each.unit);
      continue;
    }
    const plan = planOf(model, each, present, setters);
    done.told.push(...plan.told);
    const lost: string[] = [];
    const broken = plan.isEmpty ? undefined : await attempt(tx, () => carryOut(tx, model, each, plan, present, lost));
    if (broken) {
      done.told.push({ ...problemOf(each.unit, broken.message, broken.path), record: each.unit.id });
      done.skipped.push(each.unit);
      continue;
    }
    done.lost.push(...lost);
    if (plan.status) done.statuses.set(each.unit.id, plan.status);
    (plan.isEmpty ? done.unchanged : done.updated).push(each.unit);
  }
  return done;
}

async function carryOut(tx: Transaction, model: Model, met: Met, plan: Plan, { rows }: Present, lost: string[]): Promise<void> {
  const { id } = met.unit;
  // What goes makes room for what comes.
  for (const part of plan.removed) await tx.$executeRawUnsafe(`DELETE FROM "${part.table}" WHERE id = $1::uuid`, part.id);
  if (Object.keys(plan.changes).length > 0) {
    const name = model === 'Person' && plan.changes.sortName === null ? { sortName: met.row.sortName } : {};
    // What an import quotes from a document whose words were corrected, it quotes anew later on.
    await updates[model](tx, id, { ...plan.changes, ...name } as never, lost);
    if (lost.length > 0) await keepQuotes(tx, lost);
  }
  for (const part of plan.added) await insertRows(tx, part.table, [part.row]);
  if (plan.status) {
    await tx.$executeRawUnsafe(
      `UPDATE "${model}" SET "status" = $1::"RecordStatus", "retractionReason" = $2 WHERE id = $3::uuid`,
      plan.status,
      plan.status === 'RETRACTED' ? met.retractionReason : null,
      id,
    );
  }
  if (plan.added.length > 0 || plan.status || rows.get(id)?.status === 'PUBLISHED') await keepPublished(tx, model, id);
}

/** What an editor quotes from a document has to stand in it. */
async function keepQuotes(tx: Transaction, spans: readonly string[]): Promise<void> {
  const [quoted] = await tx.$queryRawUnsafe<{ exact: string }[]>(
    `SELECT s."exact" FROM "Span" AS s WHERE s.id = ANY ($1::uuid[]) AND NOT EXISTS (
       SELECT FROM history.revision AS r WHERE r."rowId" = s.id AND r."action" = 'CREATE' AND r."by" LIKE 'import:%')
     ORDER BY s.id LIMIT 1`,
    spans,
  );
  if (!quoted) return;
  throw new BrokenRule('SPAN_NOT_FOUND', `“${quoted.exact}”, which an editor quotes from it, doesn’t stand in the new text.`, ['text']);
}
