import { randomUUID } from 'node:crypto';
import type { Asked } from '../support/ask.ts';
import { done, type Input } from './mutate.ts';

// One of everything, made through GraphQL.

/** The ids of some records and parts, by the names of their models; `Event2`, `Statement2` and `Document2` are further ones. */
export interface World {
  ids: Record<string, string>;
  identifiers: Readonly<Record<string, { scheme: string; value: string }>>;
  url: string;
}

/** What the documents say, and a stretch of it that stands there once. */
export const text = 'In Baghdad, she announced 🕊️: “The mission is over.” Nobody else was there.';
export const exact = 'The mission is over.';

/**
 * Makes one of everything.
 * @param word stands in every text.
 * @param on what the links also hang on, at their other ends.
 */
export async function makeWorld(database: Asked, word: string, { publish, on }: { publish: boolean; on?: World }): Promise<World> {
  const ids: Record<string, string> = {};
  const identifiers: World['identifiers'] = Object.fromEntries(
    ['Person', 'Organization', 'Place', 'Event', 'Document', 'Statement'].map((model) => [
      model,
      { scheme: 'viaf', value: `${word}-${model}` },
    ]),
  );
  const url = `https://example.org/${word}`;
  const make = async (model: string, mutation: string, input: Input, asked = '') => {
    const record = await done(database, mutation, { ...input, publish }, asked);
    ids[model] = record.id;
    return record;
  };
  const id = (model: string) => ({ id: ids[model] });
  /** At one end of each link stands a record of the other world, if there is one. */
  const other = (model: string) => ({ id: on?.ids[model] ?? ids[model] });
  const named = (model: string) => ({ name: `${word} ${model}`, identifiers: [identifiers[model]] });
  const person = await make(
    'Person',
    'createPerson',
    { ...named('Person'), names: [{ name: `${word} alias`, kind: 'ALIAS' }] },
    'names { id } identifiers { id }',
  );
  await make('Organization', 'createOrganization', { ...named('Organization'), parent: on && other('Organization') });
  await make('Place', 'createPlace', { ...named('Place'), parent: on && other('Place') });
  await make('Event', 'createEvent', { title: words(word), identifiers: [identifiers.Event], place: other('Place') });
  await make('Event2', 'createEvent', { title: words(`${word} again`), parent: other('Event') });
  await make('Membership', 'addMembership', { member: { person: other('Person') }, organization: id('Organization'), role: word });
  await make('Participation', 'addParticipation', {
    event: other('Event'),
    participant: { organization: id('Organization') },
    role: 'RECIPIENT',
  });
  await make('EventLink', 'addEventLink', { from: id('Event'), to: on ? other('Event') : id('Event2'), kind: 'FOLLOWS' });
  const document = { text, title: word, language: 'en', publisher: other('Organization'), authors: [{ person: other('Person') }] };
  await make('Document', 'createDocument', { ...document, url, identifiers: [identifiers.Document] });
  await make('Document2', 'createDocument', { ...document, title: `${word} again`, derivedFrom: other('Document') });
  const statement = {
    text: `${word}: ${exact}`,
    language: 'en',
    quoteType: 'DIRECT',
    venue: other('Place'),
    outlet: other('Organization'),
  };
  const said = await make(
    'Statement',
    'createStatement',
    {
      ...statement,
      speaker: { person: other('Person') },
      capacity: ids.Membership,
      about: [{ event: other('Event') }, { person: id('Person') }],
      translations: [{ language: 'fr', text: word, document: other('Document') }],
      identifiers: [identifiers.Statement],
    },
    'translations { id }',
  );
  await make('Statement2', 'createStatement', { ...statement, attributionText: word, addressee: { organization: other('Organization') } });
  const printed = { printedText: `${word}: ${exact}`, language: 'en', content: [{ exact }] };
  await make('Appearance', 'addAppearance', { ...printed, statement: id('Statement'), document: other('Document') });
  await make('StatementLink', 'addStatementLink', {
    from: id('Statement'),
    to: on ? other('Statement') : id('Statement2'),
    kind: 'DISPUTES',
  });
  await make('Review', 'addReview', {
    statement: id('Statement'),
    document: other('Document'),
    reviewer: { organization: other('Organization') },
    rating: word,
    ratingValue: 1.5,
  });
  await make('Citation', 'addCitation', { fact: other('Event').id, document: id('Document'), evidence: [{ exact }] });
  const [name] = person.names as { id: string }[];
  const [identifier] = person.identifiers as { id: string }[];
  const [translation] = said.translations as { id: string }[];
  Object.assign(ids, { Name: name?.id, Identifier: identifier?.id, Translation: translation?.id });
  return { ids, identifiers, url };
}

/** What is named like a world, and isn't there. */
export function ghostOf(world: World): World {
  return {
    ids: Object.fromEntries(Object.entries(world.ids).map(([key, id]) => [key, idOf(modelOf(id), randomUUID())])),
    identifiers: Object.fromEntries(Object.keys(world.identifiers).map((model) => [model, { scheme: 'viaf', value: randomUUID() }])),
    url: `https://example.org/${randomUUID()}`,
  };
}

export const words = (of: string) => [{ language: 'en', text: of }];

export const idOf = (model: string, uuid: string) => Buffer.from(`${model}:${uuid}`).toString('base64');

export const modelOf = (id: string) => Buffer.from(id, 'base64').toString().split(':')[0] ?? '';

export const uuidOf = (id: string) => Buffer.from(id, 'base64').toString().split(':')[1] ?? '';
