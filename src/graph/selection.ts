import { queryFromInfo } from '@pothos/plugin-prisma';
import { selectedFieldNames } from '@pothos/selection-mapper';
import { Decline, type Selection } from '../compiler/answer/index.ts';
import type { Context } from '../context.ts';
import type { Info } from './noun.ts';
import { contextAsOf } from './past.ts';

/** What is asked below a field that GraphQL.js executes. */
export function selectionOf(context: Context, info: Info): Selection {
  return {
    get names() {
      return selectedFieldNames(context, info);
    },
    query: (typeName, ways, select) =>
      queryFromInfo({ context, info, typeName, paths: ways?.map((way) => [...way]), select: select as never }) as { select: Query },
  };
}

type Query = Record<string, unknown>;

/** Finds the value of a root field. */
type Read<Args> = (args: Args, context: Context, selection: Selection) => Promise<unknown>;

/** The options of a root field that declares how it is read, so that whole operations can be answered from rows. */
export function readRoot<Args extends object>(read: Read<Args>) {
  return {
    extensions: { read },
    resolve: (_root: object, args: Args, context: Context, info: Info) => read(args, context, selectionOf(context, info)),
  };
}

/** The same for one that can look back, with the argument `asOf`. What it finds then is executed. */
export function readRootAsOf<Args extends { asOf?: Date | null }>(read: Read<Args>) {
  return {
    extensions: {
      read: (args: Args, context: Context, selection: Selection) => {
        if (args.asOf) throw new Decline('asOf');
        return read(args, context, selection);
      },
    },
    resolve: (_root: object, args: Args, context: Context, info: Info) => {
      const then = contextAsOf(context, info, args.asOf);
      return read(args, then, selectionOf(then, info));
    },
  };
}
