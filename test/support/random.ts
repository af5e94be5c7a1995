import { createDocument } from '../../src/documents/write.ts';
import { createAppearance } from '../../src/documents/write-appearance.ts';
import { createCitation, type FactInput } from '../../src/documents/write-citation.ts';
import { createEvent } from '../../src/events/write.ts';
import { createEventLink, createParticipation } from '../../src/events/write-links.ts';
import type { Prisma } from '../../src/generated/prisma/client.ts';
import { EventLinkKind, type RecordStatus, StatementLinkKind } from '../../src/generated/prisma/enums.ts';
import { createOrganization } from '../../src/organizations/write.ts';
import { createMembership } from '../../src/organizations/write-membership.ts';
import { createPerson } from '../../src/people/write.ts';
import { createPlace } from '../../src/places/write.ts';
import type { ActorInput } from '../../src/record/values.ts';
import { createStatement } from '../../src/statements/write.ts';
import { createStatementLink } from '../../src/statements/write-link.ts';
import { createReview } from '../../src/statements/write-review.ts';
import type { TopicInput } from '../../src/statements/write-topics.ts';
import { type Bounds, Random } from './chance.ts';
import type { TestDatabase } from './database.ts';
import { aDocument, anEvent, anOrganization, aPerson, aPlace, aReview, aSpan, aStatement, someDates, valuesOf } from './random-nouns.ts';

const models = [
  'Person',
  'Organization',
  'Place',
  'Membership',
  'Event',
  'Participation',
  'EventLink',
  'Document',
  'Statement',
  'Appearance',
  'StatementLink',
  'Citation',
  'Review',
] as const;
type Model = (typeof models)[number];

/** The UUIDs of the records that were added, by model. */
export type Filled = Record<Model, string[]>;

/** This many of everything hang on the first records, and are published: no list is too short to be read in pages. */
const dense = 4;

/**
 * Adds random records, some of everything drafts and some retracted, with what hangs on them, and changes some.
 * @param size how many people, at least 6; of other things there are as many, or twice as many.
 */
export async function fillRandomly(database: Pick<TestDatabase, 'prisma' | 'raw'>, seed: number, size: number): Promise<Filled> {
  const filled = await database.prisma.$transaction((tx) => new Filling(tx, new Random(seed), size).all(), {
    timeout: 120_000,
    maxWait: 10_000,
  });
  await change(database, filled);
  // So that statements are planned as in a database that has been there for a while.
  await database.raw('ANALYZE');
  return filled;
}

class Filling {
  readonly #ids = Object.fromEntries(models.map((model) => [model, [] as string[]])) as Filled;
  readonly #held: (Bounds & { id: string; member: ActorInput })[] = [];
  readonly #texts = new Map<string, string | undefined>();
  readonly #appearances = new Map<string, string[]>();
  readonly #made = new Set<string>();
  readonly #tx: Prisma.TransactionClient;
  readonly #r: Random;
  readonly #size: number;

  constructor(tx: Prisma.TransactionClient, random: Random, size: number) {
    this.#tx = tx;
    this.#r = random;
    this.#size = size;
  }

  async all(): Promise<Filled> {
    const [n, r, tx] = [this.#size, this.#r, this.#tx];
    await tx.$queryRaw`SELECT set_config('verbatim.viewer', 'tester', true)`;
    await this.#add('Person', n, (record) => createPerson(tx, { ...record, ...aPerson(r) }));
    await this.#add('Organization', n, (record, i) =>
      createOrganization(tx, { ...record, ...anOrganization(r), parentId: this.#above('Organization', i) }),
    );
    await this.#add('Place', n, (record, i) => createPlace(tx, { ...record, ...aPlace(r), parentId: this.#above('Place', i) }));
    await this.#add('Membership', 2 * (n + dense), (record, i) => this.#membership(record, i));
    await this.#add('Event', n, (record, i) => this.#event(record, i));
    await this.#add('Participation', 2 * n + 3 * dense, (record, i) => this.#participation(record, i));
    await this.#add('EventLink', n + 2 * dense, (record, i) =>
      this.#link('Event', i, (link) => createEventLink(tx, { ...record, ...link, kind: r.pick(valuesOf(EventLinkKind)) })),
    );
    await this.#add('Document', n, (record, i) => this.#document(record, i));
    await this.#add('Statement', 2 * (n + dense), (record, i) => this.#statement(record, i));
    await this.#add('Appearance', 2 * (n + dense), (record, i) => this.#appearance(record, i));
    await this.#add('StatementLink', n + 2 * dense, (record, i) =>
      this.#link('Statement', i, (link) => createStatementLink(tx, { ...record, ...link, kind: r.pick(valuesOf(StatementLinkKind)) })),
    );
    await this.#add('Citation', 2 * n + 5 * dense, (record, i) => this.#citation(record, i));
    await this.#add('Review', 2 * (n + dense), (record, i) => this.#review(record, i));
    return this.#ids;
  }

  async #add(model: Model, count: number, create: (record: ReturnType<Filling['record']>, i: number) => Promise<string | undefined>) {
    const published = count >= 2 * this.#size ? 5 * dense : dense;
    // After those that are published, a draft and a retracted one of each kind, then what chance gives.
    const due: RecordStatus[] = ['DRAFT', 'RETRACTED'];
    for (let i = 0; i < count; i++) {
      const id = await create(this.record(i < published ? 'PUBLISHED' : (due[0] ?? this.#status())), i);
      // What would be a second link of its kind between the same two is not made.
      if (id === undefined) continue;
      this.#ids[model].push(id);
      if (i >= published) due.shift();
    }
  }

  #status(): RecordStatus {
    return this.#r.chance(0.7) ? 'PUBLISHED' : this.#r.chance(0.6) ? 'DRAFT' : 'RETRACTED';
  }

  record(status: RecordStatus) {
    const r = this.#r;
    const retractionReason = status === 'RETRACTED' ? `Taken back: ${r.text()}` : undefined;
    return { id: r.uuid(), status, retractionReason, createdAt: r.instant(), updatedAt: r.instant() };
  }

  /** One of the records: the one that is named, or any. */
  #one(model: Model, i?: number): string {
    return i === undefined ? this.#r.favourite(this.#ids[model]) : (this.#ids[model][i] ?? '');
  }

  #person = (i?: number): ActorInput => ({ person: this.#one('Person', i) });
  #organization = (i?: number): ActorInput => ({ organization: this.#one('Organization', i) });
  #actor = (): ActorInput => (this.#r.chance(0.6) ? this.#person() : this.#organization());

  /** A record that one lies below, or is taken from. */
  #above(model: Model, i: number): string | undefined {
    if (i === 0) return undefined;
    return i <= dense ? this.#one(model, 0) : this.#r.maybe(0.6, () => this.#one(model));
  }

  #isNew(...what: unknown[]): boolean {
    const key = JSON.stringify(what);
    return !this.#made.has(key) && this.#made.add(key) !== undefined;
  }

  async #membership(record: ReturnType<Filling['record']>, i: number) {
    const r = this.#r;
    const isDense = i < 2 * dense;
    const member = isDense ? (i < dense ? this.#person(0) : this.#organization(0)) : this.#actor();
    const organizationId = this.#one('Organization', isDense ? 1 : undefined);
    if ('organization' in member && member.organization === organizationId) return undefined;
    const { start, end } = someDates(r);
    this.#held.push({ id: record.id, member, earliest: start?.earliest ?? null, latest: end?.latest ?? null });
    return createMembership(this.#tx, {
      ...record,
      member,
      organizationId,
      role: r.maybe(0.7, () => r.pick(['commander', 'Commander', 'minister'])),
      label: r.maybe(0.6, () => r.text()),
      onBehalfOfId: isDense ? this.#one('Organization', 0) : r.maybe(0.4, () => this.#one('Organization')),
      // The first has no dates, so that any statement may have been made in its capacity.
      startDate: i === 0 ? undefined : start?.edtf,
      endDate: i === 0 ? undefined : end?.edtf,
    });
  }

  async #event(record: ReturnType<Filling['record']>, i: number) {
    const placeId = i < dense ? this.#one('Place', 0) : this.#r.maybe(0.7, () => this.#one('Place'));
    return createEvent(this.#tx, { ...record, ...anEvent(this.#r), placeId, parentId: this.#above('Event', i) });
  }

  async #participation(record: ReturnType<Filling['record']>, i: number) {
    const r = this.#r;
    const [kind, nth] = [Math.floor(i / dense), i % dense];
    const [eventId, participant] =
      kind === 0
        ? [this.#one('Event', 0), this.#person(nth)]
        : kind < 3
          ? [this.#one('Event', nth), kind === 1 ? this.#person(0) : this.#organization(0)]
          : [this.#one('Event'), this.#actor()];
    const link = { eventId, participant, role: r.pick(['ACTOR', 'RECIPIENT'] as const) };
    return this.#isNew(link) ? createParticipation(this.#tx, { ...record, ...link, note: r.maybe(0.6, () => r.text()) }) : undefined;
  }

  /** A link between two events or two statements: the first ones from the first to others, and from others to it. */
  async #link(model: 'Event' | 'Statement', i: number, create: (link: { fromId: string; toId: string }) => Promise<string>) {
    const other = this.#one(model, i < 2 * dense ? 1 + (i % dense) : undefined);
    const [fromId, toId] =
      i < dense ? [this.#one(model, 0), other] : i < 2 * dense ? [other, this.#one(model, 0)] : [this.#one(model), other];
    return fromId !== toId && this.#isNew(model, fromId, toId) ? create({ fromId, toId }) : undefined;
  }

  async #document(record: ReturnType<Filling['record']>, i: number) {
    const r = this.#r;
    const document = aDocument(r);
    this.#texts.set(record.id, document.text);
    const authors = [
      ...(i < dense ? [this.#person(0), this.#organization(0), this.#person(1)] : []),
      ...r.list(r.below(5), () => this.#actor()),
    ];
    return createDocument(this.#tx, {
      ...record,
      ...document,
      publisherId: i < dense ? this.#one('Organization', 0) : r.maybe(0.6, () => this.#one('Organization')),
      derivedFromId: this.#above('Document', i),
      authors: authors.filter((author) => this.#isNew('author', record.id, author)),
    });
  }

  async #statement(record: ReturnType<Filling['record']>, i: number) {
    const r = this.#r;
    const isDense = i < 2 * dense;
    const [first, second] = i < dense ? [this.#person(0), this.#organization(0)] : [this.#organization(0), this.#person(0)];
    const speaker = isDense ? first : r.maybe(0.8, () => this.#actor());
    const date = r.maybe(0.8, () => r.date());
    const fitting = this.#held.filter(
      ({ member, earliest, latest }) =>
        JSON.stringify(member) === JSON.stringify(speaker) &&
        !(earliest && date?.latest && date.latest < earliest) &&
        !(latest && date?.earliest && date.earliest > latest),
    );
    const topics: (() => TopicInput)[] = [
      () => ({ event: this.#one('Event') }),
      () => this.#person(),
      () => this.#organization(),
      () => ({ place: this.#one('Place') }),
    ];
    const statement = aStatement(r);
    const dealt: TopicInput[] = isDense
      ? [{ event: this.#one('Event', 0) }, this.#person(0), this.#organization(0), { place: this.#one('Place', 0) }]
      : [];
    return createStatement(this.#tx, {
      ...record,
      ...statement,
      translations: statement.translations.map((each) => ({ ...each, documentId: r.maybe(0.6, () => this.#one('Document')) })),
      speaker,
      attributionText: speaker && r.chance(0.6) ? undefined : r.text(),
      capacityId: i < dense ? this.#one('Membership', 0) : fitting.length > 0 ? r.maybe(0.5, () => r.pick(fitting).id) : undefined,
      addressee: isDense ? second : r.maybe(0.4, () => this.#actor()),
      outletId: isDense ? this.#one('Organization', 0) : r.maybe(0.5, () => this.#one('Organization')),
      venueId: isDense ? this.#one('Place', 0) : r.maybe(0.5, () => this.#one('Place')),
      date: date?.edtf,
      about: [...dealt, ...r.list(r.below(4), () => r.pick(topics)())].filter((topic) => this.#isNew('topic', record.id, topic)),
    });
  }

  async #appearance(record: ReturnType<Filling['record']>, i: number) {
    const r = this.#r;
    const [statement, document] = i < dense ? [0, i] : i < 2 * dense ? [i - dense, 0] : [undefined, undefined];
    const [statementId, documentId] = [this.#one('Statement', statement), this.#one('Document', document)];
    if (!this.#isNew('appearance', statementId, documentId)) return undefined;
    const others = this.#appearances.get(statementId) ?? [];
    this.#appearances.set(statementId, [...others, record.id]);
    const span = () => aSpan(r, this.#texts.get(documentId));
    return createAppearance(this.#tx, {
      ...record,
      statementId,
      documentId,
      printedText: r.text(),
      language: r.language(),
      isTranslation: r.chance(0.3),
      relayedFromId: i < dense ? others[0] : others.length > 0 ? r.maybe(0.6, () => r.favourite(others)) : undefined,
      content: r.list(1 + r.below(2), span),
      cue: r.list(r.below(2), span),
      source: r.list(r.below(2), span),
    });
  }

  async #citation(record: ReturnType<Filling['record']>, i: number) {
    const r = this.#r;
    const isDense = i < 5 * dense;
    const first = isDense ? 0 : undefined;
    const facts: (() => FactInput)[] = [
      () => ({ eventId: this.#one('Event', first) }),
      () => ({ participationId: this.#one('Participation', first) }),
      () => ({ membershipId: this.#one('Membership', first) }),
      () => ({ eventLinkId: this.#one('EventLink', first) }),
      () => ({ statementLinkId: this.#one('StatementLink', first) }),
    ];
    const documentId = this.#one('Document', isDense ? Math.floor(i / 5) : undefined);
    const fact = isDense ? facts[i % 5] : r.pick(facts);
    if (!fact) return undefined;
    return createCitation(this.#tx, {
      ...record,
      documentId,
      fact: fact(),
      evidence: r.list(r.below(3), () => aSpan(r, this.#texts.get(documentId))),
    });
  }

  async #review(record: ReturnType<Filling['record']>, i: number) {
    const [statement, document] = i < dense ? [0, i] : i < 2 * dense ? [i - dense, 0] : [undefined, undefined];
    const [statementId, documentId] = [this.#one('Statement', statement), this.#one('Document', document)];
    if (!this.#isNew('review', statementId, documentId)) return undefined;
    const reviewer = i < dense ? this.#person(0) : i < 2 * dense ? this.#organization(0) : this.#r.maybe(0.7, this.#actor);
    return createReview(this.#tx, { ...record, ...aReview(this.#r), statementId, documentId, reviewer });
  }
}

/** Changes the first record of each kind, and takes it back to a draft for a while, so that there is a history. */
async function change({ raw }: Pick<TestDatabase, 'raw'>, filled: Filled): Promise<void> {
  for (const model of models) {
    const changed = (set: string) => raw(`UPDATE "${model}" SET ${set} WHERE id = '${filled[model][0]}'`);
    await changed(`"createdAt" = "createdAt" + interval '1 day'`);
    await changed(`"status" = 'DRAFT'`);
    await changed(`"createdAt" = "createdAt" - interval '1 day'`);
    await changed(`"status" = 'PUBLISHED'`);
    for (const days of [1, 2, 3]) await changed(`"createdAt" = "createdAt" + interval '${days} days'`);
    // The time of these changes is that of the test; nothing may depend on it.
    await raw(`ALTER TABLE "${model}" DISABLE TRIGGER USER`);
    await changed(`"updatedAt" = "createdAt" + interval '1 hour'`);
    await raw(`ALTER TABLE "${model}" ENABLE TRIGGER USER`);
  }
}
