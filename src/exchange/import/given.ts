import { identifierColumns, nameColumns } from '../../names/write.ts';
import type { ActorInput } from '../../record/values.ts';
import { topicColumns } from '../../statements/write-topics.ts';
import type { ActorRef, ExchangeIdentifier, ExchangeName, Ref, SubjectRef } from '../record.ts';
import type { Model } from './unit.ts';

// What records of several models are given alike: references, actors, names, identifiers.

/** Finds the UUID of a record that is named. */
export type Link = (model: Model, ref: Ref, path: string) => string;

/** The text of a document as the record keeps it, or null. */
export type Texts = (documentId: string) => string | null;

export type Row = Readonly<Record<string, unknown>>;

export interface Named {
  model: Model;
  ref: Ref;
  path: string;
}

export const one = (model: Model, path: string, ref: Ref | undefined): Named[] => (ref ? [{ model, ref, path }] : []);
export const person = (path: string, given: ActorRef | undefined): Named[] => {
  if (!given) return [];
  return 'person' in given ? [{ model: 'Person', ref: given.person, path }] : [{ model: 'Organization', ref: given.organization, path }];
};
export const subject = (path: string, given: SubjectRef): Named[] => {
  if ('event' in given) return one('Event', path, given.event);
  if ('place' in given) return one('Place', path, given.place);
  return person(path, given);
};

/** An actor as the write functions take it. */
export function actorField(given: ActorRef | undefined, link: Link, path: string): ActorInput | undefined {
  if (!given) return undefined;
  return 'person' in given
    ? { person: link('Person', given.person, path) }
    : { organization: link('Organization', given.organization, path) };
}

export function topic(given: SubjectRef, link: Link, path: string): Row {
  if ('event' in given) return topicColumns({ event: link('Event', given.event, path) });
  if ('place' in given) return topicColumns({ place: link('Place', given.place, path) });
  return topicColumns(actorField(given, link, path) as ActorInput);
}

export const namesOf = (given: readonly ExchangeName[] | undefined, path: string) => ({
  ...(given ? { Name: given.map((name, i) => nameColumns(name, path, i)) } : {}),
});
export const identifiersOf = (given: readonly ExchangeIdentifier[] | undefined) => ({
  ...(given ? { Identifier: given.map((each, i) => identifierColumns(each, 'identifiers', i)) } : {}),
});

/** What is given, without what has a meaning of its own. */
export function plain(given: object, ...without: string[]): Record<string, unknown> {
  const { type: _t, id: _i, status: _s, retractionReason: _r, mergedInto: _m, ...fields } = given as Record<string, unknown>;
  for (const name of ['names', 'aliases', 'identifiers', ...without]) delete fields[name];
  return fields;
}

/** A reference under the name of its column, if it is given. */
export function columnOf(name: string, model: Model, ref: Ref | undefined, link: Link): Row {
  return ref ? { [`${name}Id`]: link(model, ref, name) } : {};
}

/** A statement is about something once. */
export function distinct(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}
