import type { ActorRef, ExchangeIdentifier, Ref, SubjectRef } from '../record.ts';
import { refText, target } from '../writing/reference.ts';
import type { Property, Type } from './context.ts';

// What nodes are made of.

/** A text in a language. */
export interface Text {
  '@value': string;
  '@language': string;
}

export interface Reference {
  '@id': string;
}

export type Value = string | number | Text | Reference | Node | readonly Value[] | undefined;

export type Node = { '@id'?: string | undefined; '@type': Type | readonly Type[] } & { [Name in Property]?: Value };

/** The id of a record as an IRI. Other ids of records than UUIDs are kept as they are, below the same scheme. */
export const iri = (id: string) => `urn:uuid:${encodeURIComponent(id)}`;

export const idOf = (id: string | undefined) => (id === undefined ? {} : { '@id': iri(id) });

/** Names another node: by its id, its address, or the identifier that it holds. */
export function reference(ref: Ref | undefined): Value {
  if (!ref) return undefined;
  if ('id' in ref) return { '@id': iri(ref.id) };
  if ('url' in ref) return { '@id': ref.url };
  const page = pageOf(ref.identifier);
  return page === undefined ? refText(ref) : { '@id': page };
}

export const subject = (of: ActorRef | SubjectRef | undefined): Value => of && reference(target(of).ref);

/** A text in its languages. */
export function texts(localized: Readonly<Record<string, string>> | undefined): Value {
  return list(Object.entries(localized ?? {}).map(([language, text]) => ({ '@value': text, '@language': language })));
}

/** Nothing, the only value, or several. */
export function list(values: readonly Value[] | undefined): Value {
  const there = (values ?? []).filter((value) => value !== undefined);
  return there.length > 1 ? there : there[0];
}

const pages: Readonly<Record<string, string>> = {
  wikidata: 'http://www.wikidata.org/entity/',
  viaf: 'https://viaf.org/viaf/',
};

/** The page that stands for what has the identifier, where it is known to be one. */
function pageOf({ scheme, value }: ExchangeIdentifier): string | undefined {
  const start = Object.hasOwn(pages, scheme) ? pages[scheme] : undefined;
  return start === undefined ? undefined : start + encodeURIComponent(value);
}

export function identified(identifiers: readonly ExchangeIdentifier[] = []): { sameAs?: Value; identifier?: Value } {
  return {
    sameAs: list(identifiers.map(pageOf)),
    identifier: list(
      identifiers
        .filter((each) => pageOf(each) === undefined)
        .map(({ scheme, value }): Node => ({ '@type': 'PropertyValue', propertyID: scheme, value })),
    ),
  };
}
