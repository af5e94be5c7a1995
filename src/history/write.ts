import { hold } from '../record/hold.ts';
import { needsOf } from '../record/needs.ts';
import { keepPublished } from '../record/publish.ts';
import { brokenBy } from '../record/refused.ts';
import { BrokenRule } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';

/** Puts the spans of a document where they stand in its new text. */
type MoveSpans = (tx: Transaction, documentId: string, text: string | null) => Promise<void>;

const path = ['revision'];

/**
 * Brings a record and its parts (names, identifiers, spans, authors, topics, translations) back to what they
 * were at one of its revisions, as a new change. Its status stays as it is.
 * @param number the number of the revision.
 * @param moveSpans what to do when a document gets another text; without it, a span that no longer stands at its place is refused.
 * @throws {BrokenRule} NOT_FOUND when there is no such revision; TAKEN and others for what the rules of the
 * record don't allow any more.
 */
export async function revertRecord(tx: Transaction, model: string, id: string, number: number, moveSpans?: MoveSpans): Promise<void> {
  const [found] = await tx.$queryRaw<{ upto: bigint | null }[]>`SELECT history.numbered(${id}::uuid, ${number}::integer) AS upto`;
  const upto = found?.upto;
  if (upto == null) throw new BrokenRule('NOT_FOUND', `This ${model} has no revision ${number}.`, path);
  await refusing(async () => {
    await tx.$queryRaw`SELECT history.revert(${model}, ${id}::uuid, ${upto}::bigint)::text`;
    // What is checked below stays so until the transaction ends.
    for (const need of await needsOf(tx, { model, id })) await hold(tx, need.model, need.id);
    if (model === 'Document' && moveSpans) await moveSpans(tx, id, await textOf(tx, id));
    await checkSpans(tx, model, id);
    await checkCapacities(tx, model, id);
    await checkReferences(tx, model, id);
  });
}

/** What is refused is refused because of the revision, whatever else it is about. */
async function refusing(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const broken = error instanceof BrokenRule ? error : brokenBy(error);
    throw broken ? new BrokenRule(broken.code, broken.message, path, broken.records) : error;
  }
}

async function textOf(tx: Transaction, id: string): Promise<string | null> {
  const { text } = await tx.document.findUniqueOrThrow({ where: { id }, select: { text: true } });
  return text;
}

/** The exact text of a span stands at its place. */
async function checkSpans(tx: Transaction, model: string, id: string): Promise<void> {
  const document = { select: { text: true } };
  const where = {
    Document: { OR: [{ appearance: { documentId: id } }, { citation: { documentId: id } }] },
    Appearance: { appearanceId: id },
    Citation: { citationId: id },
  };
  if (!(model === 'Document' || model === 'Appearance' || model === 'Citation')) return;
  const spans = await tx.span.findMany({
    where: where[model],
    select: { exact: true, start: true, appearance: { select: { document } }, citation: { select: { document } } },
  });
  for (const { exact, start, appearance, citation } of spans) {
    const text = (appearance ?? citation)?.document.text ?? null;
    if (start !== null && text?.slice(start, start + exact.length) !== exact) {
      throw new BrokenRule(
        'SPAN_NOT_FOUND',
        `“${exact}”, which the record quotes, doesn’t stand in the document’s text at that place.`,
        path,
      );
    }
  }
}

/** A capacity is a place that the date of the statement doesn't exclude. */
async function checkCapacities(tx: Transaction, model: string, id: string): Promise<void> {
  if (model !== 'Statement' && model !== 'Membership') return;
  const statements = await tx.statement.findMany({
    where: {
      ...(model === 'Statement' ? { id, capacityId: { not: null } } : { capacityId: id, status: { not: 'RETRACTED' } }),
      date: { not: null },
    },
    select: { id: true, capacityId: true, possibleCapacities: { select: { membershipId: true } } },
  });
  const excluded = statements.filter(
    ({ capacityId, possibleCapacities }) => !possibleCapacities.some(({ membershipId }) => membershipId === capacityId),
  );
  if (excluded.length > 0) {
    throw new BrokenRule(
      'CAPACITY_NOT_THEN',
      'A statement would be made in a capacity that its speaker didn’t hold at that time, by what the record says now.',
      path,
      excluded.map((statement) => ({ model: 'Statement', id: statement.id })),
    );
  }
}

/** What is published depends on nothing that is a draft, and nothing refers again to what was merged into another. */
async function checkReferences(tx: Transaction, model: string, id: string): Promise<void> {
  await keepPublished(tx, model, id);
  const merged = (await needsOf(tx, { model, id })).filter(({ status }) => status === 'MERGED');
  const [first] = merged;
  if (first) {
    throw new BrokenRule(
      'WRONG_STATUS',
      `At that revision it refers to a ${first.model} that was merged into another since.`,
      path,
      merged,
    );
  }
}
