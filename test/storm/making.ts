import type { Answer, Draw, Input, Make, Trace } from './operation.ts';

// Mutations that make something.

/** What every document says, and two stretches of it that stand there once. */
export const text = 'In Baghdad 🕊️, she announced: “The mission is over.” Nobody else was there.';
export const quoted = ['The mission is over.', 'she announced'] as const;

const dates = ['2020-06', '2021-05', '2022-03', '2021-05-03~'] as const;
export const dateOf = ({ r }: Draw) => r.pick(dates);
export const startOf = ({ r }: Draw) => r.pick([null, null, '2020', '2021-02', '2021']);
export const endOf = ({ r }: Draw) => r.pick([null, null, '2022', '2021-11', '2022-12']);

const created = (model: string, column: string, value: unknown): Trace => ({ model, action: 'CREATE', column, value });
const publish = ({ r }: Draw) => r.chance(0.7);
const reference = (draw: Draw, kind: string) => {
  const known = draw.pool.pick(draw.r, kind);
  return known && { id: known.id };
};
const maybe = (draw: Draw, kind: string) => (draw.r.chance(0.5) ? reference(draw, kind) : undefined);
const actor = (draw: Draw) => {
  const person = draw.r.chance(0.6) ? reference(draw, 'Person') : undefined;
  return person ? { person } : { organization: reference(draw, 'Organization') };
};

type Listed = { id: string }[];

export const createPerson: Make = (draw) => {
  const { pool, word } = draw;
  return {
    mutation: 'createPerson',
    isUnique: true,
    input: {
      name: word,
      names: [{ name: `${word} alias`, kind: 'ALIAS' }],
      identifiers: [{ scheme: 'storm', value: word }],
      publish: publish(draw),
    },
    traces: [created('Person', 'name', word), created('Name', 'name', `${word} alias`), created('Identifier', 'value', word)],
    asks: 'names { id } identifiers { id }',
    learn: (record) => {
      pool.add('Person', record.id, record.revision);
      for (const { id } of record.names as Listed) pool.add('Name', id, record.revision, { owner: record.id });
      for (const { id } of record.identifiers as Listed) pool.add('Identifier', id, record.revision, { owner: record.id });
    },
  };
};

/** One that is made from a few words. */
const made =
  (model: string, column: string, input: (draw: Draw) => Input, value: (word: string) => unknown = (word) => word): Make =>
  (draw) => ({
    mutation: `create${model}`,
    isUnique: true,
    input: { ...input(draw), publish: publish(draw) },
    traces: [created(model, column, value(draw.word))],
    learn: ({ id, revision }) => draw.pool.add(model, id, revision),
  });

export const createOrganization = made('Organization', 'name', (draw) => ({ name: draw.word, parent: maybe(draw, 'Organization') }));
export const createPlace = made('Place', 'name', (draw) => ({ name: draw.word, parent: maybe(draw, 'Place') }));
export const createEvent = made(
  'Event',
  'title',
  (draw) => ({
    title: [{ language: 'en', text: draw.word }],
    parent: maybe(draw, 'Event'),
    place: maybe(draw, 'Place'),
    date: dateOf(draw),
  }),
  (word) => ({ en: word }),
);
export const createDocument = made('Document', 'title', (draw) => ({
  title: draw.word,
  url: `https://example.org/${draw.word}`,
  text,
  publisher: maybe(draw, 'Organization'),
  authors: draw.r.chance(0.5) ? [actor(draw)] : [],
}));

const statementAsks =
  'translations { id } capacity { basis memberships { id } } appearances { nodes { id document { id } } } speaker { __typename ... on Person { id } }';

function learnStatement({ pool }: Draw, record: Answer): void {
  const { capacity, appearances, translations, speaker } = record as unknown as {
    capacity: { basis: string; memberships: Listed } | null;
    appearances: { nodes: { id: string; document: { id: string } | null }[] };
    translations: Listed;
    speaker: { id?: string } | null;
  };
  const membership = capacity?.basis === 'RECORDED' ? capacity.memberships[0]?.id : undefined;
  pool.add('Statement', record.id, record.revision, membership ? { capacity: membership } : {});
  if (membership) pool.add('Membership', membership, 1, speaker?.id ? { person: speaker.id } : {});
  if (speaker?.id) pool.add('Person', speaker.id);
  for (const { id } of translations) pool.add('Translation', id, record.revision, { owner: record.id });
  for (const { id, document } of appearances.nodes) {
    pool.add('Appearance', id, 1);
    if (document) pool.add('Document', document.id);
  }
}

/** A statement with a new speaker, a new capacity, a new document and its appearances: the largest that is made at once. */
export const createAll: Make = (draw) => {
  const { r, word } = draw;
  const organization = reference(draw, 'Organization');
  const event = reference(draw, 'Event');
  const document = maybe(draw, 'Document');
  if (!organization || !event) return undefined;
  const printed = { printedText: word, language: 'en', content: [{ exact: quoted[0] }], cue: [{ exact: quoted[1] }] };
  return {
    mutation: 'createStatement',
    isUnique: true,
    input: {
      text: word,
      language: 'en',
      quoteType: 'DIRECT',
      speaker: { newPerson: { name: word, names: [{ name: `${word} alias`, kind: 'ALIAS' }] } },
      // Of any length that fits the dates: what is refused is tried elsewhere.
      newCapacity: { organization, label: word, startDate: r.pick([null, '2020']), endDate: r.pick([null, '2022-12']) },
      date: dateOf(draw),
      venue: maybe(draw, 'Place'),
      about: [{ event }],
      translations: [{ language: 'fr', text: word }],
      appearances: [
        ...(document ? [{ in: { document }, ...printed, printedText: `${word} again` }] : []),
        { in: { newDocument: { title: word, text: r.chance(0.5) ? text : `${word}: ${text}` } }, ...printed },
      ],
      publish: publish(draw),
    },
    traces: [
      created('Person', 'name', word),
      created('Name', 'name', `${word} alias`),
      created('Membership', 'label', word),
      created('Document', 'title', word),
      created('Statement', 'text', word),
      created('Translation', 'text', word),
      created('Appearance', 'printedText', word),
      ...(document ? [created('Appearance', 'printedText', `${word} again`)] : []),
    ],
    asks: statementAsks,
    learn: (record) => learnStatement(draw, record),
  };
};

/** What someone says in a place that is known already. */
export const createStatement: Make = (draw) => {
  const { r, pool, word } = draw;
  const capacity = pool.pick(r, 'Membership');
  const speaker = capacity?.with.person ?? pool.pick(r, 'Person')?.id;
  return {
    mutation: 'createStatement',
    isUnique: true,
    input: {
      text: word,
      language: 'en',
      quoteType: 'INDIRECT',
      attributionText: word,
      speaker: speaker && { person: { id: speaker } },
      capacity: capacity?.with.person ? capacity.id : undefined,
      date: dateOf(draw),
      outlet: maybe(draw, 'Organization'),
      about: [...(r.chance(0.5) ? [{ place: reference(draw, 'Place') }] : []), ...(r.chance(0.5) ? [actor(draw)] : [])],
      publish: publish(draw),
    },
    traces: [created('Statement', 'text', word)],
    asks: statementAsks,
    learn: (record) => learnStatement(draw, record),
  };
};

export const addMembership: Make = (draw) => {
  const person = draw.pool.pick(draw.r, 'Person');
  return {
    mutation: 'addMembership',
    isUnique: true,
    input: {
      member: { person: person && { id: person.id } },
      organization: reference(draw, 'Organization'),
      label: draw.word,
      startDate: startOf(draw),
      endDate: endOf(draw),
      publish: publish(draw),
    },
    traces: [created('Membership', 'label', draw.word)],
    learn: ({ id, revision }) => draw.pool.add('Membership', id, revision, person ? { person: person.id } : {}),
  };
};

/** A link that holds a word. */
const linked =
  (model: string, column: string, input: (draw: Draw) => Input): Make =>
  (draw) => ({
    mutation: `add${model}`,
    isUnique: true,
    input: { ...input(draw), [column]: draw.word, publish: publish(draw) },
    traces: [created(model, column, draw.word)],
    learn: ({ id, revision }) => draw.pool.add(model, id, revision),
  });

export const addParticipation = linked('Participation', 'note', (draw) => ({
  event: reference(draw, 'Event'),
  participant: actor(draw),
  role: draw.r.pick(['ACTOR', 'RECIPIENT']),
}));
export const addAppearance = linked('Appearance', 'printedText', (draw) => ({
  statement: reference(draw, 'Statement'),
  document: reference(draw, 'Document'),
  language: 'en',
  content: [{ exact: draw.r.pick(quoted) }],
}));

export const addReview = linked('Review', 'rating', (draw) => ({
  statement: reference(draw, 'Statement'),
  document: reference(draw, 'Document'),
  reviewer: actor(draw),
  ratingValue: draw.r.below(6),
}));

/** A link that holds nothing but its ends. */
const bound =
  (model: string, input: (draw: Draw) => Input | undefined): Make =>
  (draw) => {
    const given = input(draw);
    return (
      given && {
        mutation: `add${model}`,
        isUnique: false,
        input: { ...given, publish: publish(draw) },
        traces: [{ model, action: 'CREATE', isAnswered: true }],
        learn: ({ id, revision }) => draw.pool.add(model, id, revision),
      }
    );
  };

const kinds = { EventLink: ['ANSWERS', 'CAUSES', 'FOLLOWS'], StatementLink: ['CONFIRMS', 'DISPUTES', 'UPDATES'] } as const;
const between = (model: keyof typeof kinds, of: string): Make =>
  bound(model, (draw) => ({ from: reference(draw, of), to: reference(draw, of), kind: draw.r.pick(kinds[model]) }));

export const addEventLink = between('EventLink', 'Event');
export const addStatementLink = between('StatementLink', 'Statement');
export const addCitation = bound('Citation', (draw) => {
  const fact = draw.pool.pick(draw.r, draw.r.pick(['Event', 'Participation', 'Membership', 'EventLink', 'StatementLink']));
  return fact && { fact: fact.id, document: reference(draw, 'Document'), evidence: [{ exact: draw.r.pick(quoted) }] };
});

/** A part of a record. */
const part =
  (model: string, column: string, owners: readonly string[], input: (draw: Draw) => Input): Make =>
  (draw) => {
    const owner = draw.pool.pick(draw.r, draw.r.pick(owners));
    return (
      owner && {
        mutation: `add${model}`,
        isUnique: true,
        input: { record: owner.id, ...input(draw), [column]: draw.word },
        traces: [created(model, column, draw.word)],
      }
    );
  };

export const addName = part('Name', 'name', ['Person', 'Organization', 'Place', 'Event'], () => ({ kind: 'ALIAS' }));
export const addIdentifier = part('Identifier', 'value', ['Person', 'Organization', 'Place', 'Event', 'Document', 'Statement'], () => ({
  scheme: 'storm',
}));
export const addTranslation = part('Translation', 'text', ['Statement'], () => ({ language: 'de' }));
