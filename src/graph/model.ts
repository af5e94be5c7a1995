import { getDatamodel } from '../generated/pothos-types.ts';

// What Prisma's data model says of a model, looked up by name.

const { models } = getDatamodel().datamodel;

type ModelField = (typeof models)[string]['fields'][number];

/** @throws when the model has no such field: a mistake in the code. */
export function fieldOf(model: string, name: string): ModelField {
  const field = models[model]?.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error(`The model ${model} has no field ${name}.`);
  return field;
}

/** A field's comment in the Prisma schema, which is its description in GraphQL. */
export function descriptionOf(model: string, name: string): string {
  const { documentation } = fieldOf(model, name);
  if (!documentation) throw new Error(`The field ${model}.${name} has no comment in the Prisma schema.`);
  return documentation;
}

/** The field at the end of a path of relations, such as `['document', 'publishedEarliest']`. */
export function fieldAt(model: string, path: readonly string[]): ModelField {
  const [name = '', ...rest] = path;
  const field = fieldOf(model, name);
  return rest.length === 0 ? field : fieldAt(field.type, rest);
}

/** The models whose rows are records: they have a status, and a history of their own. */
export const recordModels: readonly string[] = Object.keys(models).filter((model) =>
  models[model]?.fields.some(({ name }) => name === 'retractionReason'),
);

/** The models whose rows are parts of records, and change with them. */
export const partModels = ['Name', 'Identifier', 'DocumentAuthor', 'Translation', 'StatementTopic', 'Span'] as const;

/** The relations of a model that stand in its own columns, each with the model it leads to. */
export function referencesOf(model: string): { relation: string; column: string; to: string }[] {
  return (models[model]?.fields ?? []).flatMap(({ name, type, relationFromFields }) => {
    const [column] = relationFromFields ?? [];
    return column ? [{ relation: name, column, to: type }] : [];
  });
}

/** The relations of a model that hold lists of another. */
export function listsOf(model: string): { relation: string; of: string }[] {
  return (models[model]?.fields ?? []).flatMap(({ name, type, isList, kind }) =>
    isList && kind === 'object' ? [{ relation: name, of: type }] : [],
  );
}

/** The sets of columns of a model that no two of its rows have in common. */
export function uniquesOf(model: string): (readonly string[])[] {
  return (models[model]?.uniqueIndexes ?? []).map(({ fields }) => fields);
}

/** A model’s name as GraphQL writes the values of an enum. */
export const inCapitals = (model: string) => model.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
