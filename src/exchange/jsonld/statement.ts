import type { ExchangeAppearance, ExchangeReview, ExchangeStatement } from '../record.ts';
import type { NamesSeen } from '../writing/names-seen.ts';
import { refText } from '../writing/reference.ts';
import type { Tally } from '../writing/tally.ts';
import { countDraft, isoDate, standing } from './common.ts';
import { identified, idOf, list, type Node, reference, subject, type Value } from './node.ts';

/** The node of a statement, and one for each of its reviews. */
export function statementNodes(statement: ExchangeStatement, urls: NamesSeen, left: Tally): Node[] {
  const reviews = standing(statement.reviews, left);
  return [quotation(statement, reviews.length > 0, left), ...reviews.map((review) => claimReview(statement, review, urls, left))];
}

/** What was reviewed is a claim too, as those who look for claim reviews expect. */
function quotation(statement: ExchangeStatement, isClaim: boolean, left: Tally): Node {
  const appearances = standing(statement.appearances, left);
  const documents = list(appearances.map(({ document }) => reference(document)));
  count(statement, appearances, left);
  return {
    ...idOf(statement.id),
    '@type': isClaim ? ['Quotation', 'Claim'] : 'Quotation',
    creativeWorkStatus: statement.status === 'DRAFT' ? 'Draft' : undefined,
    text: statement.text,
    inLanguage: statement.language,
    creator: subject(statement.speaker),
    creditText: statement.attributionText,
    dateCreated: isoDate(statement.date, left),
    locationCreated: reference(statement.venue),
    publisher: reference(statement.outlet),
    about: list(statement.about?.map(subject)),
    isPartOf: documents,
    appearance: isClaim ? documents : undefined,
    translationOfWork: statement.isTranslation ? { '@type': 'Quotation', inLanguage: statement.originalLanguage } : undefined,
    workTranslation: list(
      statement.translations?.map(
        ({ text, language, document }): Node => ({ '@type': 'Quotation', text, inLanguage: language, isPartOf: reference(document) }),
      ),
    ),
    ...identified(statement.identifiers),
  };
}

function claimReview(statement: ExchangeStatement, review: ExchangeReview, urls: NamesSeen, left: Tally): Node {
  const { rating, ratingValue, bestRating, worstRating } = review;
  const hasRating = [rating, ratingValue, bestRating, worstRating].some((each) => each !== undefined);
  return {
    ...idOf(review.id),
    '@type': 'ClaimReview',
    creativeWorkStatus: review.status === 'DRAFT' ? 'Draft' : undefined,
    claimReviewed: statement.text,
    itemReviewed: statement.id === undefined ? undefined : reference({ id: statement.id }),
    url: urlOf(review, urls, left),
    isPartOf: reference(review.document),
    author: subject(review.reviewer),
    datePublished: isoDate(review.date, left),
    inLanguage: statement.language,
    reviewRating: hasRating ? { '@type': 'Rating', alternateName: rating, ratingValue, bestRating, worstRating } : undefined,
  };
}

function urlOf({ document }: ExchangeReview, urls: NamesSeen, left: Tally): Value {
  const url = 'url' in document ? document.url : urls.of(refText(document));
  if (url === undefined) left.add('addresses of reviews: they stand on the document only');
  return url;
}

function count(statement: ExchangeStatement, appearances: readonly ExchangeAppearance[], left: Tally): void {
  left.has('how words are given (quoteType)', statement.quoteType);
  left.has('speech acts', statement.speechAct);
  left.has('capacities of speakers', statement.capacity);
  left.has('addressees', statement.addressee);
  left.has('media', statement.medium);
  left.has('links between statements', statement.links);
  for (const appearance of appearances) {
    countDraft(appearance, left);
    if (appearance.printedText !== statement.text) left.add('words as documents printed them');
    left.has('from where documents took statements', appearance.relayedFrom);
    left.add('spans', appearance.content.length + (appearance.cue?.length ?? 0) + (appearance.source?.length ?? 0));
  }
}
