import { keepPublished } from '../record/publish.ts';
import { BrokenRule } from '../record/rule.ts';
import {
  type ActorInput,
  actor,
  actorOf,
  type Changes,
  changed,
  dated,
  type Optional,
  type RecordInput,
  type Transaction,
} from '../record/values.ts';

interface ReviewFields {
  reviewer?: Optional<ActorInput>;
  rating?: Optional<string>;
  ratingValue?: Optional<number>;
  bestRating?: Optional<number>;
  worstRating?: Optional<number>;
  /** EDTF. */
  date?: Optional<string>;
}

export interface ReviewInput extends RecordInput, ReviewFields {
  /** UUID of a statement. */
  statementId: string;
  /** UUID of the document that published it. */
  documentId: string;
}

/**
 * Adds what a fact check found of a statement.
 * @throws {BrokenRule}
 */
export async function createReview(tx: Transaction, { reviewer, ...input }: ReviewInput): Promise<string> {
  const { id } = await tx.review.create({ select: { id: true }, data: { ...input, ...reviewColumns({ reviewer, ...input }) } });
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updateReview(tx: Transaction, id: string, changes: Changes<ReviewFields>): Promise<void> {
  const { reviewerPersonId, reviewerOrganizationId, ...current } = await tx.review.findUniqueOrThrow({ where: { id }, select: fields });
  const reviewer = actorOf(reviewerPersonId, reviewerOrganizationId);
  const data = reviewColumns(changed<ReviewFields>({ reviewer, ...current }, changes));
  await tx.review.update({ select: { id: true }, where: { id }, data });
  await keepPublished(tx, 'Review', id);
}

const fields = {
  reviewerPersonId: true,
  reviewerOrganizationId: true,
  rating: true,
  ratingValue: true,
  bestRating: true,
  worstRating: true,
  date: true,
} as const;

/**
 * The columns of a review, but for what it is of and where it was published.
 * @throws {BrokenRule} also when it doesn't say what was found.
 */
export function reviewColumns(input: ReviewFields) {
  if (!input.rating?.trim() && input.ratingValue == null) {
    throw new BrokenRule('REQUIRED', 'Say what was found: give a rating in words, or as a number.', ['rating']);
  }
  const [ratingValue, bestRating, worstRating] = [
    number(input.ratingValue, 'ratingValue'),
    number(input.bestRating, 'bestRating'),
    number(input.worstRating, 'worstRating'),
  ];
  if (bestRating !== null && worstRating !== null && worstRating > bestRating) {
    throw new BrokenRule('INVALID_VALUE', 'The number of the worst rating is above that of the best one. Is it the other way round?', [
      'worstRating',
    ]);
  }
  const { personId, organizationId } = actor(input.reviewer);
  return {
    reviewerPersonId: personId,
    reviewerOrganizationId: organizationId,
    rating: input.rating ?? null,
    ratingValue,
    bestRating,
    worstRating,
    ...dated('date', '', input.date),
  };
}

/** JSON can say numbers that are too large to be told from each other. */
function number(value: Optional<number>, name: string): number | null {
  if (value == null) return null;
  if (!Number.isFinite(value)) throw new BrokenRule('INVALID_VALUE', 'This is no number that can be kept.', [name]);
  return value;
}
