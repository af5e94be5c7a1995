import type { RecordStatus } from '../generated/prisma/enums.ts';
import { delegate } from './delegate.ts';
import { draftLinksOf, type Need, needsOf } from './needs.ts';
import { BrokenRule, type RecordKey } from './rule.ts';
import type { Transaction } from './values.ts';

// A status goes from draft to published to retracted, and from retracted back to published. It never goes
// back to draft, so what is published once stays fit to be depended on.

export interface PublishOptions {
  /** Publish the drafts that it depends on as well. */
  withNeeded?: boolean | null;
  /** Publish the draft links that hang on it as well, as far as nothing else that they need is a draft. */
  withLinks?: boolean | null;
}

/**
 * Publishes a record.
 * @returns all that was published, the record first.
 * @throws {BrokenRule} NOT_PUBLISHED, with the drafts that it depends on; WRONG_STATUS when there is nothing to publish;
 * CAPACITY_NOT_THEN when a statement's capacity got other dates while it was retracted.
 */
export async function publish(tx: Transaction, record: RecordKey, { withNeeded, withLinks }: PublishOptions = {}): Promise<RecordKey[]> {
  const chosen = new Map<string, RecordKey>();
  if ((await statusOf(tx, record)) !== 'PUBLISHED') chosen.set(record.id, record);
  await chooseNeeded(tx, record, chosen, withNeeded === true);
  if (withLinks) {
    for (const link of await draftLinksOf(tx, record)) {
      const withLink = new Map(chosen).set(link.id, link);
      const canBe = await chooseNeeded(tx, link, withLink, withNeeded === true).then(
        () => true,
        (error) => {
          if (error instanceof BrokenRule) return false;
          throw error;
        },
      );
      if (canBe) for (const [id, each] of withLink) chosen.set(id, each);
    }
  }
  if (chosen.size === 0) throw new BrokenRule('WRONG_STATUS', 'This is published already.', ['id']);
  for (const { model, id } of chosen.values()) {
    if (model === 'Statement') await refuseExcluded(tx, id);
    await delegate(tx, model).update({ select: { id: true }, where: { id }, data: { status: 'PUBLISHED', retractionReason: null } });
  }
  return [...chosen.values()];
}

/** While a statement was retracted, the place that it names as its capacity may have got other dates. */
async function refuseExcluded(tx: Transaction, id: string): Promise<void> {
  const [capacity] = await tx.$queryRaw<{ isExcluded: boolean }[]>`
    SELECT coalesce(s."latest" < m."startEarliest", false) OR coalesce(s."earliest" > m."endLatest", false) AS "isExcluded"
    FROM "Statement" AS s JOIN "Membership" AS m ON m.id = s."capacityId" WHERE s.id = ${id}::uuid FOR SHARE OF m`;
  if (!capacity?.isExcluded) return;
  throw new BrokenRule(
    'CAPACITY_NOT_THEN',
    'Its speaker did not hold the place that it names as the capacity on its date, by what the record says now. Change one of them first.',
    ['id'],
  );
}

/** Adds the drafts that a record depends on, and those that these depend on. */
async function chooseNeeded(tx: Transaction, record: RecordKey, chosen: Map<string, RecordKey>, mayAdd: boolean): Promise<void> {
  const missing = (await needsOf(tx, record)).filter((need) => need.status === 'DRAFT' && !chosen.has(need.id));
  if (missing.length > 0 && !mayAdd) throw notPublished(missing, ['id']);
  for (const { model, id } of missing) chosen.set(id, { model, id });
  for (const need of missing) await chooseNeeded(tx, need, chosen, mayAdd);
}

/**
 * Checks that a record, if it is published, depends on nothing that is a draft.
 * @throws {BrokenRule} NOT_PUBLISHED.
 */
export async function keepPublished(tx: Transaction, model: string, id: string): Promise<void> {
  if ((await statusOf(tx, { model, id })) !== 'PUBLISHED') return;
  const drafts = (await needsOf(tx, { model, id })).filter(({ status }) => status === 'DRAFT');
  const [first] = drafts;
  if (first) throw notPublished(drafts, [first.relation]);
}

function notPublished(needs: readonly Need[], path: string[]): BrokenRule {
  const list = needs.map(({ relation, model }) => `${relation} (a ${model})`).join(', ');
  return new BrokenRule(
    'NOT_PUBLISHED',
    `What is published can’t depend on a draft: ${list}. Publish that first, or with it (\`withNeeded\`).`,
    path,
    needs,
  );
}

/**
 * Takes a record back: it keeps its id and says why, and readers no longer see its content.
 * @throws {BrokenRule}
 */
export async function retract(tx: Transaction, record: RecordKey, reason: string): Promise<void> {
  if (reason.trim() === '') throw new BrokenRule('REQUIRED', 'Say why it is taken back; readers are told.', ['reason']);
  if ((await statusOf(tx, record)) === 'RETRACTED') throw new BrokenRule('WRONG_STATUS', 'This is retracted already.', ['id']);
  await delegate(tx, record.model).update({
    select: { id: true },
    where: { id: record.id },
    data: { status: 'RETRACTED', retractionReason: reason },
  });
}

async function statusOf(tx: Transaction, { model, id }: RecordKey): Promise<RecordStatus | undefined> {
  const row = await delegate(tx, model).findUnique({ where: { id }, select: { status: true } });
  return row?.status as RecordStatus | undefined;
}
