import { stableId } from '../ids.ts';
import { hostOf, siteOf, webAddress } from '../reading/web-address.ts';
import type { ActorRef, ExchangeIdentifier, ExchangeOrganization, ExchangePerson } from '../record.ts';
import type { Properties } from './properties.ts';

// Who reviewed, and who said it. A record is found by an identifier, never by a name: a name alone makes no record.

/** A person or an organization with an identifier, as a record and as what refers to it. */
export interface FoundActor {
  record: ExchangePerson | ExchangeOrganization;
  ref: ActorRef;
}

/** Who published a review: known by Wikidata, or by the address of their site. */
export function reviewer(author: Properties, reviewUrl: string): FoundActor | undefined {
  const name = author.text('name');
  const wikidata = wikidataOf(author);
  const site = siteOfAuthor(author, reviewUrl);
  author.leaveRest();
  const identifier = wikidata ?? (site === undefined ? undefined : { scheme: 'website', value: site });
  if (!identifier) {
    if (name !== undefined) author.leave('name, without an address');
    return undefined;
  }
  return found(author.types.includes('Person'), name ?? identifier.value, identifier);
}

/** Who made the claim: the name as it is printed, and a record when Wikidata knows who that is. */
export function speaker(author: Properties): { printed: string | undefined; actor: FoundActor | undefined } {
  const printed = author.text('name');
  const identifier = wikidataOf(author);
  const isPerson = author.types.includes('Person');
  author.leaveRest();
  // Without its type it might be either.
  const isKnown = isPerson || author.types.some((type) => type.endsWith('Organization'));
  if (identifier && !isKnown) author.leave('sameAs, without a type');
  return { printed, actor: identifier && isKnown ? found(isPerson, printed ?? identifier.value, identifier) : undefined };
}

function found(isPerson: boolean, name: string, identifier: ExchangeIdentifier): FoundActor {
  const common = { id: stableId('identifier', identifier.scheme, identifier.value), name, identifiers: [identifier] };
  return isPerson
    ? { record: { type: 'Person', ...common }, ref: { person: { identifier } } }
    : { record: { type: 'Organization', ...common }, ref: { organization: { identifier } } };
}

function wikidataOf(thing: Properties): ExchangeIdentifier | undefined {
  const addresses = [...thing.addresses('sameAs'), ...(thing.address === undefined ? [] : [thing.address])];
  const items = addresses.flatMap((address) => /^https?:\/\/(?:www\.)?wikidata\.org\/(?:wiki|entity)\/(Q\d+)$/.exec(address)?.[1] ?? []);
  const others = addresses.length - items.length;
  for (let i = 0; i < others; i++) thing.leave('sameAs, not of Wikidata');
  return items[0] === undefined ? undefined : { scheme: 'wikidata', value: items[0] };
}

function siteOfAuthor(author: Properties, reviewUrl: string): string | undefined {
  const text = author.text('url');
  if (text === undefined) return undefined;
  const address = webAddress(text);
  if (address !== undefined) return siteOf(address);
  // Some tables lost the slashes of addresses. Such a one is understood where it begins like the review's own address.
  const host = hostOf(reviewUrl);
  const rest = text.replace(/^https?:(www\.)?/, '');
  if (rest !== text && rest.startsWith(host)) return host;
  author.problem('url', `“${text.slice(0, 60)}” is not a web address`);
  return undefined;
}
