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
