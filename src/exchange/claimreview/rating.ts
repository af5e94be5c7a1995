import type { ExchangeReview } from '../record.ts';
import type { Properties } from './properties.ts';

type Rating = Pick<ExchangeReview, 'rating' | 'ratingValue' | 'bestRating' | 'worstRating'>;

/** What a review found: in words, and on the reviewer's scale. Undefined, and told, when it says neither. */
export function ratingOf(review: Properties): Rating | undefined {
  const [rating, ...more] = review.things('reviewRating', 'reviewRating', 'name');
  for (const _further of more) review.leave('reviewRating');
  const found = rating && { ...findingOf(rating), ...scaleOf(rating) };
  rating?.leaveRest();
  if (found?.rating !== undefined || found?.ratingValue !== undefined) return found;
  review.problem('reviewRating', 'it says no rating, in words or as a number, and so the claim has no review');
  return undefined;
}

function findingOf(rating: Properties): Rating {
  const words = rating.text('alternateName') ?? rating.text('name');
  const value = rating.text('ratingValue');
  const number = value === undefined ? undefined : numberOf(value);
  // Some reviewers write their words where the number goes.
  const isWord = value !== undefined && number === undefined && words === undefined;
  if (value !== undefined && number === undefined && !isWord) tell(rating, 'ratingValue', value);
  return without(words ?? (isWord ? value : undefined), number);
}

function scaleOf(rating: Properties): Rating {
  const ends = { ...scale(rating, 'bestRating'), ...scale(rating, 'worstRating') };
  if (ends.bestRating === undefined || ends.worstRating === undefined || ends.worstRating <= ends.bestRating) return ends;
  rating.problem('bestRating', `the worst rating, ${ends.worstRating}, is above the best, ${ends.bestRating}; both were left out`);
  return {};
}

const without = (rating: string | undefined, ratingValue: number | undefined): Rating => ({
  ...(rating !== undefined && { rating }),
  ...(ratingValue !== undefined && { ratingValue }),
});

function scale(rating: Properties, name: 'bestRating' | 'worstRating'): Rating {
  const text = rating.text(name);
  const number = text === undefined ? undefined : numberOf(text);
  if (text !== undefined && number === undefined) tell(rating, name, text);
  return number === undefined ? {} : { [name]: number };
}

/** With a point or a comma, as is usual in much of the world. */
function numberOf(text: string): number | undefined {
  const number = /^[+-]?\d{1,12}([.,]\d{1,12})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

const tell = (rating: Properties, name: string, text: string) => rating.problem(name, `“${text.slice(0, 60)}” is not a number`);
