import { dateOf, endOf, startOf, text } from './making.ts';
import { type Draw, type Input, type Make, modelOf, type Operation, uuidOf } from './operation.ts';

// Mutations that change, move, remove, publish, retract and merge what is there.

/** The revision that a change is made for, said or not. */
const expected = ({ r }: Draw, revision: number): Input => (r.chance(0.4) ? { expectedRevision: revision } : {});

/** A change of a record that puts a word of its own into a column. */
const changed =
  (
    model: string,
    column: string,
    more: (draw: Draw) => Input = () => ({}),
    values: (word: string) => [unknown, unknown] = (word) => [word, word],
  ): Make =>
  (draw) => {
    const known = draw.pool.pick(draw.r, model);
    if (!known) return undefined;
    const [given, kept] = values(draw.word);
    return {
      mutation: `update${model}`,
      isUnique: true,
      input: { id: known.id, ...more(draw), [column]: given, ...expected(draw, known.revision) },
      traces: [{ model, action: 'UPDATE', column, value: kept }],
      learn: ({ id, revision }) => draw.pool.add(model, id, revision),
    };
  };

const move = (column: string, kind: string) => (draw: Draw) => {
  const known = draw.r.chance(0.4) ? draw.pool.pick(draw.r, kind) : undefined;
  return known ? { [column]: { id: known.id } } : {};
};

export const updatePerson = changed('Person', 'givenName');
export const updateOrganization = changed('Organization', 'classification', move('parent', 'Organization'));
export const updatePlace = changed('Place', 'name', move('parent', 'Place'));
export const updateEvent = changed(
  'Event',
  'title',
  (draw) => ({ ...move('parent', 'Event')(draw), ...move('place', 'Place')(draw), date: dateOf(draw) }),
  (word) => [[{ language: 'en', text: word }], { en: word }],
);
export const updateDocument = changed(
  'Document',
  'text',
  (draw) => move('derivedFrom', 'Document')(draw),
  (word) => [`${word} 🕊️: ${text}`, `${word} 🕊️: ${text}`],
);
export const updateStatement = changed('Statement', 'text', (draw) => ({
  ...move('venue', 'Place')(draw),
  ...(draw.r.chance(0.6) ? { date: dateOf(draw) } : {}),
}));
export const updateMembership = changed('Membership', 'role', (draw) => ({ startDate: startOf(draw), endDate: endOf(draw) }));
export const updateParticipation = changed('Participation', 'note');
export const updateAppearance = changed('Appearance', 'printedText');
export const updateReview = changed('Review', 'rating');

/** A change of a part, which counts as one of its record. */
const changedPart =
  (model: string, column: string): Make =>
  (draw) => {
    const known = draw.pool.pick(draw.r, model);
    return (
      known && {
        mutation: `update${model}`,
        isUnique: true,
        input: { id: known.id, [column]: draw.word, ...expected(draw, known.revision) },
        traces: [{ model, action: 'UPDATE', column, value: draw.word }],
        learn: ({ revision }) => draw.pool.add(model, known.id, revision),
      }
    );
  };

export const updateName = changedPart('Name', 'name');
export const updateIdentifier = changedPart('Identifier', 'value');
export const updateTranslation = changedPart('Translation', 'text');

export const remove: Make = (draw) => {
  const model = draw.r.pick([
    'Participation',
    'EventLink',
    'StatementLink',
    'Citation',
    'Review',
    'Appearance',
    'Membership',
    'Name',
    'Identifier',
    'Translation',
  ]);
  const known = draw.pool.pick(draw.r, model);
  return (
    known && {
      mutation: `remove${model}`,
      isUnique: false,
      input: { id: known.id, ...expected(draw, known.revision) },
      traces: [{ model, action: 'DELETE', row: uuidOf(known.id) }],
      learn: () => draw.pool.remove(model, known.id),
    }
  );
};

const records = [
  'Person',
  'Organization',
  'Place',
  'Event',
  'Document',
  'Statement',
  'Membership',
  'Participation',
  'Appearance',
  'Review',
  'EventLink',
];

export const publish: Make = (draw) => {
  const { r, pool } = draw;
  const model = r.pick(records);
  const known = pool.pick(r, model);
  return (
    known && {
      mutation: 'publish',
      isUnique: false,
      input: { id: known.id, withNeeded: r.chance(0.5), withLinks: r.chance(0.5), ...expected(draw, known.revision) },
      traces: [{ model, action: 'UPDATE', column: 'status', value: 'PUBLISHED', isAnswered: true }],
      learn: ({ id, revision }) => pool.add(model, id, revision),
    }
  );
};

export const retract: Make = (draw) => {
  const { r, pool, word } = draw;
  const model = r.pick(records);
  const known = pool.pick(r, model);
  return (
    known && {
      mutation: 'retract',
      isUnique: true,
      input: { id: known.id, reason: word, ...expected(draw, known.revision) },
      traces: [{ model, action: 'UPDATE', column: 'retractionReason', value: word }],
      learn: ({ id, revision }) => pool.add(model, id, revision),
    }
  );
};

export const revert: Make = (draw) => {
  const { r, pool } = draw;
  const known = pool.pick(r, r.pick([...records, 'Membership', 'Statement', 'Document']));
  return (
    known && {
      mutation: 'revert',
      isUnique: false,
      input: { id: known.id, revision: 1 + r.below(known.revision), ...expected(draw, known.revision) },
      traces: [],
      learn: ({ id, revision }) => pool.add(modelOf(id), id, revision),
    }
  );
};

export const merge: Make = (draw) => {
  const { r, pool } = draw;
  const model = r.pick(['Person', 'Organization', 'Place', 'Event', 'Document']);
  const [survivor, duplicate] = [pool.pick(r, model), pool.pick(r, model)];
  if (!survivor || !duplicate || survivor.id === duplicate.id) return undefined;
  return {
    mutation: 'merge',
    isUnique: false,
    input: { survivor: survivor.id, duplicate: duplicate.id, ...expected(draw, survivor.revision) },
    traces: [{ model, action: 'UPDATE', column: 'status', value: 'MERGED', row: uuidOf(duplicate.id) }],
    learn: ({ id, revision }) => {
      pool.remove(model, duplicate.id);
      pool.add('Merged', duplicate.id);
      pool.add(model, id, revision);
    },
  } satisfies Operation;
};

export const unmerge: Make = ({ r, pool }) => {
  const known = pool.pick(r, 'Merged');
  return (
    known && {
      mutation: 'unmerge',
      isUnique: false,
      input: { id: known.id },
      traces: [],
      learn: () => {
        pool.remove('Merged', known.id);
        pool.add(modelOf(known.id), known.id);
      },
    }
  );
};
