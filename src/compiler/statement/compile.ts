import type { Models } from './datamodel.ts';
import { Declined } from './decline.ts';
import { listConverter } from './rows.ts';
import { Scope } from './scope.ts';
import { countAll, selectAll } from './select.ts';
import type { Names } from './shape.ts';
import { templateOf } from './template.ts';

/** What is kept for a shape of arguments. */
export interface Compiled {
  text: string;
  /** Whether a plan for any values is as good as one for these. */
  mayBePrepared: boolean;
  /** Makes Prisma's values of those in JSON; undefined when they are the same. */
  convert: ((rows: Record<string, unknown>[]) => void) | undefined;
}

/** Makes the statement for a shape of arguments, or says why there is none. */
export function compile(models: Models, names: Names, operation: 'findMany' | 'count', model: string, key: string): Compiled | Declined {
  try {
    const { template, parameters } = templateOf(names, key);
    const scope = new Scope(models);
    const select = operation === 'count' ? undefined : selectAll(scope, model, template);
    const text = select ? textOf(scope, select) : countAll(scope, model, template);
    if (scope.used !== parameters) return new Declined('value without a use');
    return { text, mayBePrepared: !scope.dependsOnValues, convert: select && listConverter(select.row, select.isBackward) };
  } catch (error) {
    if (error instanceof Declined) return error;
    throw error;
  }
}

function textOf(scope: Scope, select: ReturnType<typeof selectAll>): string {
  const alias = scope.alias();
  return `SELECT coalesce(json_agg(${alias}), '[]')::text FROM (${select.sql}) AS ${alias}`;
}
