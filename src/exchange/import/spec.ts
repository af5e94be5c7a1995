import { placeSpans } from '../../documents/place-span.ts';
import { author, documentColumns } from '../../documents/write.ts';
import { appearanceColumns, spansOf } from '../../documents/write-appearance.ts';
import { eventColumns } from '../../events/write.ts';
import { eventLinkColumns, participationColumns } from '../../events/write-links.ts';
import { organizationColumns } from '../../organizations/write.ts';
import { membershipColumns } from '../../organizations/write-membership.ts';
import { personColumns } from '../../people/write.ts';
import { placeColumns } from '../../places/write.ts';
import type { ActorInput } from '../../record/values.ts';
import { statementColumns } from '../../statements/write.ts';
import { statementLinkColumns } from '../../statements/write-link.ts';
import { reviewColumns } from '../../statements/write-review.ts';
import { translationColumns } from '../../statements/write-translation.ts';
import {
  actorField,
  columnOf,
  distinct,
  identifiersOf,
  type Link,
  type Named,
  namesOf,
  one,
  person,
  plain,
  type Row,
  subject,
  type Texts,
  topic,
} from './given.ts';
import type { Given, Model, Owner } from './unit.ts';

// What each model makes of what is given: which records it names, the fields that the rules of writing take,
// the columns that they make, and the rows of its parts.

/** The parts of a record, in their order, by the table that holds them. */
export type Parts = Readonly<Partial<Record<PartTable, readonly Row[]>>>;
export type PartTable = 'Name' | 'Identifier' | 'DocumentAuthor' | 'Translation' | 'StatementTopic' | 'Span';

interface Spec<M extends Model> {
  /** The records that it names, with their places in what is given. */
  refs(given: Given[M]): readonly Named[];
  /** What the write functions take, of what is given. Its owner has an id. */
  fields(given: Given[M], link: Link, owner: Owner | undefined): Row;
  /** The columns that follow from the fields, of a new record. @throws {BrokenRule} */
  columns(fields: never): Row;
  /** @throws {BrokenRule} */
  parts(given: Given[M], link: Link, texts: Texts): Parts;
  /** The columns of a field, where it isn't the one of its name. */
  columnsOf?: Readonly<Record<string, readonly string[]>>;
  /** The column of the parts that names their record. */
  partOwner?: string;
}

const ownerColumns: Readonly<Partial<Record<Model, string>>> = {
  Event: 'eventId',
  Participation: 'participationId',
  Membership: 'membershipId',
  EventLink: 'eventLinkId',
  StatementLink: 'statementLinkId',
};

export const specs: { readonly [M in Model]: Spec<M> } = {
  Place: {
    refs: ({ parent, mergedInto }) => [...one('Place', 'parent', parent), ...one('Place', 'mergedInto', mergedInto)],
    fields: (given, link) => ({ ...plain(given, 'parent'), ...columnOf('parent', 'Place', given.parent, link) }),
    columns: placeColumns,
    parts: ({ names, identifiers }) => ({ ...namesOf(names, 'names'), ...identifiersOf(identifiers) }),
    partOwner: 'placeId',
  },
  Organization: {
    refs: ({ parent, mergedInto }) => [...one('Organization', 'parent', parent), ...one('Organization', 'mergedInto', mergedInto)],
    fields: (given, link) => ({ ...plain(given, 'parent'), ...columnOf('parent', 'Organization', given.parent, link) }),
    columns: organizationColumns,
    parts: ({ names, identifiers }) => ({ ...namesOf(names, 'names'), ...identifiersOf(identifiers) }),
    partOwner: 'organizationId',
  },
  Person: {
    refs: ({ mergedInto }) => one('Person', 'mergedInto', mergedInto),
    fields: (given) => plain(given),
    columns: (fields: { name: string; sortName?: string }) => personColumns({ sortName: fields.name, ...fields }),
    parts: ({ names, identifiers }) => ({ ...namesOf(names, 'names'), ...identifiersOf(identifiers) }),
    partOwner: 'personId',
  },
  Membership: {
    refs: ({ organization, onBehalfOf }) => [
      ...one('Organization', 'organization', organization),
      ...one('Organization', 'onBehalfOf', onBehalfOf),
    ],
    fields: (given, link, owner) => ({
      ...plain(given, 'organization', 'onBehalfOf'),
      member: owner?.model === 'Person' ? { person: owner.id } : { organization: owner?.id },
      organizationId: link('Organization', given.organization, 'organization'),
      ...columnOf('onBehalfOf', 'Organization', given.onBehalfOf, link),
    }),
    columns: membershipColumns,
    parts: () => ({}),
    columnsOf: { member: ['personId', 'memberOrganizationId'] },
  },
  Document: {
    refs: ({ publisher, derivedFrom, authors, mergedInto }) => [
      ...one('Organization', 'publisher', publisher),
      ...one('Document', 'derivedFrom', derivedFrom),
      ...(authors ?? []).flatMap((author, i) => person(`authors[${i}]`, author)),
      ...one('Document', 'mergedInto', mergedInto),
    ],
    fields: (given, link) => ({
      ...plain(given, 'publisher', 'derivedFrom', 'authors'),
      ...columnOf('publisher', 'Organization', given.publisher, link),
      ...columnOf('derivedFrom', 'Document', given.derivedFrom, link),
    }),
    columns: documentColumns,
    parts: ({ authors, identifiers }, link) => ({
      ...identifiersOf(identifiers),
      ...(authors ? { DocumentAuthor: authors.map((each, i) => author(actorField(each, link, `authors[${i}]`) as ActorInput, i)) } : {}),
    }),
    partOwner: 'documentId',
  },
  Event: {
    refs: ({ place, parent, mergedInto }) => [
      ...one('Place', 'place', place),
      ...one('Event', 'parent', parent),
      ...one('Event', 'mergedInto', mergedInto),
    ],
    fields: ({ eventType, ...given }, link) => ({
      ...plain(given, 'place', 'parent'),
      ...(eventType ? { type: eventType } : {}),
      ...columnOf('place', 'Place', given.place, link),
      ...columnOf('parent', 'Event', given.parent, link),
    }),
    columns: eventColumns,
    parts: ({ aliases, identifiers }) => ({ ...namesOf(aliases, 'aliases'), ...identifiersOf(identifiers) }),
    partOwner: 'eventId',
  },
  Participation: {
    refs: ({ participant }) => person('participant', participant),
    fields: (given, link, owner) => ({
      ...plain(given, 'participant'),
      eventId: owner?.id,
      participant: actorField(given.participant, link, 'participant'),
    }),
    columns: participationColumns,
    parts: () => ({}),
    columnsOf: { participant: ['personId', 'organizationId'] },
  },
  EventLink: {
    refs: ({ to }) => one('Event', 'to', to),
    fields: (given, link, owner) => ({ kind: given.kind, fromId: owner?.id, toId: link('Event', given.to, 'to') }),
    columns: eventLinkColumns,
    parts: () => ({}),
  },
  Statement: {
    refs: (given) => [
      ...person('speaker', given.speaker),
      ...one('Membership', 'capacity', given.capacity),
      ...person('addressee', given.addressee),
      ...one('Organization', 'outlet', given.outlet),
      ...one('Place', 'venue', given.venue),
      ...(given.about ?? []).flatMap((each, i) => subject(`about[${i}]`, each)),
      ...(given.translations ?? []).flatMap(({ document }, i) => one('Document', `translations[${i}].document`, document)),
    ],
    fields: (given, link) => ({
      ...plain(given, 'speaker', 'capacity', 'addressee', 'outlet', 'venue', 'about', 'translations'),
      ...(given.speaker ? { speaker: actorField(given.speaker, link, 'speaker') } : {}),
      ...columnOf('capacity', 'Membership', given.capacity, link),
      ...(given.addressee ? { addressee: actorField(given.addressee, link, 'addressee') } : {}),
      ...columnOf('outlet', 'Organization', given.outlet, link),
      ...columnOf('venue', 'Place', given.venue, link),
    }),
    columns: statementColumns,
    parts: ({ about, translations, identifiers }, link) => ({
      ...identifiersOf(identifiers),
      ...(about ? { StatementTopic: distinct(about.map((each, i) => topic(each, link, `about[${i}]`))) } : {}),
      ...(translations
        ? {
            Translation: translations.map(({ document, ...words }, i) =>
              translationColumns({ ...words, ...columnOf('document', 'Document', document, link) }, 'translations', i),
            ),
          }
        : {}),
    }),
    columnsOf: {
      speaker: ['speakerPersonId', 'speakerOrganizationId'],
      addressee: ['addresseePersonId', 'addresseeOrganizationId'],
    },
    partOwner: 'statementId',
  },
  Appearance: {
    refs: ({ document, relayedFrom }) => [...one('Document', 'document', document), ...one('Appearance', 'relayedFrom', relayedFrom)],
    fields: (given, link, owner) => ({
      ...plain(given, 'document', 'relayedFrom', 'content', 'cue', 'source'),
      statementId: owner?.id,
      documentId: link('Document', given.document, 'document'),
      ...columnOf('relayedFrom', 'Appearance', given.relayedFrom, link),
    }),
    columns: ({ statementId, documentId, ...fields }: Row) => ({
      statementId,
      documentId,
      ...appearanceColumns(fields as unknown as Parameters<typeof appearanceColumns>[0]),
    }),
    parts: ({ document, content, cue, source }, link, texts) => ({
      Span: spansOf(texts(link('Document', document, 'document')), { content, cue: cue ?? [], source: source ?? [] }).map((span) => ({
        ...span,
      })),
    }),
    partOwner: 'appearanceId',
  },
  Review: {
    refs: ({ document, reviewer }) => [...one('Document', 'document', document), ...person('reviewer', reviewer)],
    fields: (given, link, owner) => ({
      ...plain(given, 'document', 'reviewer'),
      statementId: owner?.id,
      documentId: link('Document', given.document, 'document'),
      ...(given.reviewer ? { reviewer: actorField(given.reviewer, link, 'reviewer') } : {}),
    }),
    columns: ({ statementId, documentId, ...fields }: Row) => ({
      statementId,
      documentId,
      ...reviewColumns(fields as unknown as Parameters<typeof reviewColumns>[0]),
    }),
    parts: () => ({}),
    columnsOf: { reviewer: ['reviewerPersonId', 'reviewerOrganizationId'] },
  },
  StatementLink: {
    refs: ({ to }) => one('Statement', 'to', to),
    fields: (given, link, owner) => ({ kind: given.kind, fromId: owner?.id, toId: link('Statement', given.to, 'to') }),
    columns: statementLinkColumns,
    parts: () => ({}),
  },
  Citation: {
    refs: ({ document }) => one('Document', 'document', document),
    fields: (given, link, owner) => ({
      documentId: link('Document', given.document, 'document'),
      ...(owner ? { [ownerColumns[owner.model] ?? '']: owner.id } : {}),
    }),
    columns: (fields: Row) => fields,
    parts: ({ document, evidence }, link, texts) => ({
      ...(evidence
        ? { Span: placeSpans(texts(link('Document', document, 'document')), 'EVIDENCE', evidence, 'evidence').map((span) => ({ ...span })) }
        : {}),
    }),
    partOwner: 'citationId',
  },
};

/** The spec of a model that is known at run time only. */
export function specOf(model: Model): Spec<Model> {
  // Each unit has what is given of its own model, which is all that its spec is called with.
  return specs[model] as unknown as Spec<Model>;
}
