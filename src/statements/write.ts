import type { Medium, QuoteType, SpeechAct, StatementLinkKind } from '../generated/prisma/enums.ts';
import { BrokenRule } from '../record/rule.ts';
import { type ActorInput, actor, dated, language, type RecordInput, type Transaction, worded } from '../record/values.ts';

export interface TranslationInput {
  language: string;
  text: string;
  /** UUID of the document that printed it; absent when it was made for the record. */
  documentId?: string;
}

/** What a statement is about, by its UUID. */
export type TopicInput = { event: string } | { person: string } | { organization: string } | { place: string };

export interface StatementInput extends RecordInput {
  text: string;
  language: string;
  isTranslation?: boolean;
  originalLanguage?: string;
  translations?: readonly TranslationInput[];
  quoteType: QuoteType;
  speechAct?: SpeechAct;
  speaker?: ActorInput;
  attributionText?: string;
  /** UUID of a membership of the speaker. */
  capacityId?: string;
  addressee?: ActorInput;
  medium?: Medium;
  /** UUID of an organization. */
  outletId?: string;
  /** UUID of a place. */
  venueId?: string;
  /** EDTF. */
  date?: string;
  about?: readonly TopicInput[];
}

/**
 * Adds a statement.
 * @throws {BrokenRule}
 */
export async function createStatement(
  tx: Transaction,
  { speaker, addressee, about = [], translations = [], ...input }: StatementInput,
): Promise<string> {
  const date = dated('date', '', input.date);
  if (!speaker && !input.attributionText?.trim()) {
    throw new BrokenRule('Say who said it: a speaker, or the words by which the source names one.', ['attributionText']);
  }
  const from = actor(speaker);
  const to = actor(addressee);
  if (input.capacityId) await checkCapacity(tx, input.capacityId, from, date);
  const { id } = await tx.statement.create({
    select: { id: true },
    data: {
      ...input,
      ...date,
      text: worded(input.text, 'text'),
      language: language(input.language, 'language'),
      originalLanguage: language(input.originalLanguage, 'originalLanguage'),
      speakerPersonId: from.personId,
      speakerOrganizationId: from.organizationId,
      addresseePersonId: to.personId,
      addresseeOrganizationId: to.organizationId,
      translations: {
        create: translations.map((translation, i) => ({
          ...translation,
          text: worded(translation.text, 'translations', i, 'text'),
          language: language(translation.language, 'translations', i, 'language'),
        })),
      },
      topics: { create: about.map(topic) },
    },
  });
  return id;
}

/** A capacity is a place that the speaker holds, and that the date doesn't exclude. */
async function checkCapacity(
  tx: Transaction,
  id: string,
  speaker: { personId: string | null; organizationId: string | null },
  date: { earliest: Date | null; latest: Date | null },
): Promise<void> {
  const place = await tx.membership.findUniqueOrThrow({
    where: { id },
    select: { personId: true, memberOrganizationId: true, startDate: true, endDate: true, startEarliest: true, endLatest: true },
  });
  if (place.personId !== speaker.personId || place.memberOrganizationId !== speaker.organizationId) {
    throw new BrokenRule('The capacity is not a membership of the speaker.', ['capacityId']);
  }
  if (place.startEarliest && date.latest && date.latest < place.startEarliest) {
    throw new BrokenRule(`The speaker held this place only from ${place.startDate} on.`, ['capacityId']);
  }
  if (place.endLatest && date.earliest && date.earliest > place.endLatest) {
    throw new BrokenRule(`The speaker held this place only until ${place.endDate}.`, ['capacityId']);
  }
}

function topic(input: TopicInput) {
  return {
    eventId: 'event' in input ? input.event : null,
    personId: 'person' in input ? input.person : null,
    organizationId: 'organization' in input ? input.organization : null,
    placeId: 'place' in input ? input.place : null,
  };
}

export interface StatementLinkInput extends RecordInput {
  /** UUID of a statement. */
  fromId: string;
  /** UUID of a statement. */
  toId: string;
  kind: StatementLinkKind;
}

/** Adds a link from one statement to another. */
export async function createStatementLink(tx: Transaction, input: StatementLinkInput): Promise<string> {
  const { id } = await tx.statementLink.create({ select: { id: true }, data: input });
  return id;
}
