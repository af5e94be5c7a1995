import type { ActorRef, Ref, SubjectRef } from '../record.ts';

/** A reference in one text: the id, or what else names the record. */
export function refText(ref: Ref | undefined): string | undefined {
  if (!ref) return undefined;
  if ('id' in ref) return ref.id;
  return 'url' in ref ? ref.url : `${ref.identifier.scheme}:${ref.identifier.value}`;
}

/** The record that an actor or subject names, and what it is. */
export function target(subject: ActorRef | SubjectRef): { kind: 'person' | 'organization' | 'event' | 'place'; ref: Ref } {
  if ('person' in subject) return { kind: 'person', ref: subject.person };
  if ('organization' in subject) return { kind: 'organization', ref: subject.organization };
  return 'event' in subject ? { kind: 'event', ref: subject.event } : { kind: 'place', ref: subject.place };
}
