import { Cache } from './cache.ts';
import { type Compiled, compile } from './compile.ts';
import { type Datamodel, modelsOf } from './datamodel.ts';
import { Declined } from './decline.ts';
import { preparedNames } from './prepared.ts';
import { aroundRaw, type RawColumns } from './raw.ts';
import { Names, type Query, shapeOf, writtenValues } from './shape.ts';

/** A statement as it is sent. */
export interface Statement {
  /** What it is prepared as, '' for not at all. */
  name: string;
  text: string;
}

/** Values as PostgreSQL reads them, in the order of the parameters. */
export type Values = readonly (string | null)[];

/**
 * Runs a statement and gives the first column of its only row: a JSON text.
 * @param asker the same object for all that belongs together, such as a request: where only one statement is run at a
 *   time, those who ask can take turns.
 */
export type Run = (statement: Statement, values: Values, asker?: object) => Promise<string | null>;

/** Answers Prisma's reads with one statement each; what it doesn't handle is left to Prisma. */
export interface Reader {
  /** As Prisma's `findMany`; undefined when it doesn't handle these arguments. */
  findMany(model: string, args: Query, asker?: object): Promise<object[]> | undefined;
  /** As Prisma's `count`. */
  count(model: string, args: Query, asker?: object): Promise<number> | undefined;
  /**
   * The rows of a statement that was written by hand, as Prisma's `$queryRaw` gives them; undefined when a value
   * can't be written. What stands in the text never comes from a request.
   */
  raw(statement: { text: string; values: readonly unknown[] }, columns: RawColumns, asker?: object): Promise<object[]> | undefined;
  /** The statement that answers a `findMany`, or why there is none. */
  explain(model: string, args: Query): { statement: Statement; values: Values } | { declined: string };
  /** How many shapes of arguments are remembered. */
  readonly remembered: number;
}

interface Options {
  run: Run;
  /** How many shapes of arguments are remembered, and how many statements are prepared. */
  maxStatements?: number;
  /** Hears why arguments weren't handled. */
  onDecline?: (reason: string) => void;
}

export type { RawType } from './raw.ts';
export type { Query } from './shape.ts';

/** Characters that all statements and shapes which are remembered have together. */
const longestMemory = 16_000_000;

interface Remembered {
  statement: Statement;
  /** Whether it will have a name when it is used again: what comes once isn't worth one. */
  awaitsName: boolean;
  convert: Compiled['convert'];
}

/** @param datamodel what Prisma or Pothos's generator says of the models. */
export function createReader(datamodel: Datamodel, { run, maxStatements = 500, onDecline }: Options): Reader {
  const models = modelsOf(datamodel);
  const names = new Names(models);
  const nameOf = preparedNames(maxStatements);
  const cache = new Cache<Remembered | Declined>(maxStatements, longestMemory);

  /** What is remembered by a key, or made now. What is used again gets a name. */
  function remember<Made extends Remembered | Declined>(key: string, make: () => Made): Made {
    // What a key stands for is always made in the same way.
    const known = cache.get(key) as Made | undefined;
    const remembered = known ?? make();
    if (!known) cache.set(key, remembered, key.length + (remembered instanceof Declined ? 0 : remembered.statement.text.length));
    if (known && !(remembered instanceof Declined) && remembered.awaitsName) {
      remembered.awaitsName = false;
      remembered.statement.name = nameOf(remembered.statement.text);
    }
    return remembered;
  }

  function find(operation: 'findMany' | 'count', model: string, args: Query): (Remembered & { values: Values }) | Declined {
    const shape = shapeOf(names, args);
    if (shape instanceof Declined) return shape;
    const remembered = remember(`${operation} ${model} ${shape.key}`, () => made(operation, model, shape.key));
    return remembered instanceof Declined ? remembered : { ...remembered, values: shape.values };
  }

  function made(operation: 'findMany' | 'count', model: string, key: string): Remembered | Declined {
    const compiled = compile(models, names, operation, model, key);
    if (compiled instanceof Declined) return compiled;
    const { text, mayBePrepared, convert } = compiled;
    return { statement: { name: '', text }, awaitsName: mayBePrepared, convert };
  }

  function found(operation: 'findMany' | 'count', model: string, args: Query) {
    const answer = find(operation, model, args);
    if (!(answer instanceof Declined)) return answer;
    onDecline?.(answer.reason);
    return undefined;
  }

  return {
    findMany(model, args, asker) {
      const answer = found('findMany', model, args);
      return answer && rowsOf(run(answer.statement, answer.values, asker), answer.convert);
    },
    count(model, args, asker) {
      const answer = found('count', model, args);
      return answer && run(answer.statement, answer.values, asker).then(Number);
    },
    raw({ text, values }, columns, asker) {
      const written = writtenValues(values);
      if (written instanceof Declined) {
        onDecline?.(written.reason);
        return undefined;
      }
      const { statement, convert } = remember(`raw ${text}`, () => {
        const around = aroundRaw(text, columns);
        return { statement: { name: '', text: around.text }, awaitsName: true, convert: around.convert };
      });
      return rowsOf(run(statement, written, asker), convert);
    },
    explain(model, args) {
      const answer = find('findMany', model, args);
      return answer instanceof Declined ? { declined: answer.reason } : { statement: answer.statement, values: answer.values };
    },
    get remembered() {
      return cache.count;
    },
  };
}

async function rowsOf(json: Promise<string | null>, convert: Compiled['convert']): Promise<object[]> {
  const rows: Record<string, unknown>[] = JSON.parse((await json) ?? '[]');
  convert?.(rows);
  return rows;
}
