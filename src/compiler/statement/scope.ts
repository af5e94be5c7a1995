import { type Model, type Models, modelNamed, type Relation } from './datamodel.ts';
import { decline } from './decline.ts';
import type { Parameter } from './template.ts';

/** What the parts of one statement share. */
export class Scope {
  readonly models: Models;
  /** Whether the best plan depends on the values, so much that it must be made for them each time. */
  dependsOnValues = false;
  readonly #used = new Set<string>();
  #aliases = 0;

  constructor(models: Models) {
    this.models = models;
  }

  /** A name for a table or a row. No field of Prisma's starts like it, so that none hides it. */
  alias(): string {
    return `_${this.#aliases++}`;
  }

  /** The parameter in SQL. */
  use({ sql }: Parameter): string {
    this.#used.add(sql);
    return sql;
  }

  /** How many parameters stand in the statement: PostgreSQL knows no type for one that doesn't. */
  get used(): number {
    return this.#used.size;
  }
}

/** A table under the name that it has in one place of a statement. */
export interface Source {
  model: Model;
  alias: string;
}

export const from = ({ model, alias }: Source) => `${model.table} AS ${alias}`;
export const columnOf = ({ alias }: Source, sql: string) => `${alias}.${sql}`;

/** The other end of a relation, and what binds it to this one. */
export function through(scope: Scope, source: Source, relation: Relation): { target: Source; on: string } {
  const { to, on } = relation;
  if (!on) return decline('relation over several columns');
  const target = { model: modelNamed(scope.models, to), alias: scope.alias() };
  return { target, on: `${columnOf(target, on.other)} = ${columnOf(source, on.own)}` };
}
