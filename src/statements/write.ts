import type { Medium, QuoteType, SpeechAct } from '../generated/prisma/enums.ts';
import { type IdentifierInput, identifiers } from '../names/write.ts';
import { hold } from '../record/hold.ts';
import { keepPublished } from '../record/publish.ts';
import { BrokenRule } from '../record/rule.ts';
import {
  type ActorInput,
  actor,
  actorOf,
  type Changes,
  changed,
  dated,
  language,
  type Optional,
  type RecordInput,
  required,
  type Transaction,
  worded,
} from '../record/values.ts';
import { type TopicInput, topicColumns, updateTopics } from './write-topics.ts';
import { type TranslationInput, translationColumns } from './write-translation.ts';

interface StatementFields {
  text: string;
  /** BCP 47. */
  language: string;
  isTranslation?: Optional<boolean>;
  /** BCP 47. */
  originalLanguage?: Optional<string>;
  quoteType: QuoteType;
  speechAct?: Optional<SpeechAct>;
  speaker?: Optional<ActorInput>;
  attributionText?: Optional<string>;
  /** UUID of a membership of the speaker. */
  capacityId?: Optional<string>;
  addressee?: Optional<ActorInput>;
  medium?: Optional<Medium>;
  /** UUID of an organization. */
  outletId?: Optional<string>;
  /** UUID of a place. */
  venueId?: Optional<string>;
  /** EDTF. */
  date?: Optional<string>;
}

export interface StatementInput extends RecordInput, StatementFields {
  translations?: readonly TranslationInput[];
  about?: readonly TopicInput[];
  identifiers?: readonly IdentifierInput[];
}

/**
 * Adds a statement.
 * @throws {BrokenRule}
 */
export async function createStatement(
  tx: Transaction,
  { speaker, addressee, about, translations, ...input }: StatementInput,
): Promise<string> {
  const data = statementColumns({ speaker, addressee, ...input });
  await checkCapacity(tx, data);
  const { id } = await tx.statement.create({
    select: { id: true },
    data: {
      ...input,
      ...data,
      translations: { create: translations?.map((translation, i) => translationColumns(translation, 'translations', i)) ?? [] },
      topics: { create: about?.map(topicColumns) ?? [] },
      identifiers: identifiers(input.identifiers),
    },
  });
  return id;
}

/**
 * @param changes `about` replaces all that the statement is about.
 * @throws {BrokenRule}
 */
export async function updateStatement(
  tx: Transaction,
  id: string,
  { about, ...changes }: Changes<StatementFields> & { about?: readonly TopicInput[] | null },
): Promise<void> {
  const { speakerPersonId, speakerOrganizationId, addresseePersonId, addresseeOrganizationId, ...current } =
    await tx.statement.findUniqueOrThrow({ where: { id }, select: fields });
  const speaker = actorOf(speakerPersonId, speakerOrganizationId);
  const addressee = actorOf(addresseePersonId, addresseeOrganizationId);
  const data = statementColumns(changed<StatementFields>({ ...current, speaker, addressee }, changes));
  await checkCapacity(tx, data);
  await tx.statement.update({ select: { id: true }, where: { id }, data });
  if (about !== undefined) await updateTopics(tx, id, about ?? []);
  await keepPublished(tx, 'Statement', id);
}

const fields = {
  text: true,
  language: true,
  isTranslation: true,
  originalLanguage: true,
  quoteType: true,
  speechAct: true,
  speakerPersonId: true,
  speakerOrganizationId: true,
  attributionText: true,
  capacityId: true,
  addresseePersonId: true,
  addresseeOrganizationId: true,
  medium: true,
  outletId: true,
  venueId: true,
  date: true,
} as const;

type Columns = ReturnType<typeof statementColumns>;

export function statementColumns(input: StatementFields) {
  if (!input.speaker && !input.attributionText?.trim()) {
    throw new BrokenRule('UNATTRIBUTED', 'Say who said it: a speaker, or the words by which the source names one.', ['attributionText']);
  }
  if (input.originalLanguage != null && !input.isTranslation) {
    throw new BrokenRule('INVALID_VALUE', 'Only a translation has an original language. Say that it is one with `isTranslation`.', [
      'originalLanguage',
    ]);
  }
  const from = actor(input.speaker);
  const to = actor(input.addressee);
  return {
    text: worded(input.text, 'text'),
    language: language(required(input.language, 'language'), 'language'),
    isTranslation: input.isTranslation ?? false,
    originalLanguage: language(input.originalLanguage, 'originalLanguage'),
    quoteType: required(input.quoteType, 'quoteType'),
    speechAct: input.speechAct ?? null,
    speakerPersonId: from.personId,
    speakerOrganizationId: from.organizationId,
    attributionText: input.attributionText ?? null,
    capacityId: input.capacityId ?? null,
    addresseePersonId: to.personId,
    addresseeOrganizationId: to.organizationId,
    medium: input.medium ?? null,
    outletId: input.outletId ?? null,
    venueId: input.venueId ?? null,
    ...dated('date', '', input.date),
  };
}

/** A capacity is a place that the speaker holds, and that the date doesn't exclude. */
async function checkCapacity(tx: Transaction, { capacityId, speakerPersonId, speakerOrganizationId, earliest, latest }: Columns) {
  if (!capacityId) return;
  // Lest its dates change meanwhile.
  await hold(tx, 'Membership', capacityId);
  const place = await tx.membership.findUniqueOrThrow({
    where: { id: capacityId },
    select: { personId: true, memberOrganizationId: true, startDate: true, endDate: true, startEarliest: true, endLatest: true },
  });
  checkHeld(place, { speakerPersonId, speakerOrganizationId, earliest, latest });
}

/** A membership, as far as it tells who held it and when. */
export interface Held {
  personId: string | null;
  memberOrganizationId: string | null;
  startDate: string | null;
  endDate: string | null;
  startEarliest: Date | null;
  endLatest: Date | null;
}

/** @throws {BrokenRule} when the speaker of a statement did not hold the place on its date. */
export function checkHeld(
  place: Held,
  {
    speakerPersonId,
    speakerOrganizationId,
    earliest,
    latest,
  }: Pick<Columns, 'speakerPersonId' | 'speakerOrganizationId' | 'earliest' | 'latest'>,
): void {
  if (place.personId !== speakerPersonId || place.memberOrganizationId !== speakerOrganizationId) {
    throw new BrokenRule('CAPACITY_NOT_HELD', 'The capacity is a membership of somebody else than the speaker.', ['capacity']);
  }
  if (place.startEarliest && latest && latest < place.startEarliest) {
    throw new BrokenRule('CAPACITY_NOT_THEN', `The speaker held this place only from ${place.startDate} on.`, ['capacity']);
  }
  if (place.endLatest && earliest && earliest > place.endLatest) {
    throw new BrokenRule('CAPACITY_NOT_THEN', `The speaker held this place only until ${place.endDate}.`, ['capacity']);
  }
}
