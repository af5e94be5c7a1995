import { decline } from './decline.ts';
import type { Names } from './shape.ts';

// Arguments read back from their shape: the same objects, with a parameter where a value was.

/** The place of a value in the statement. */
export class Parameter {
  /** As it stands in SQL. */
  readonly sql: string;
  /** The kind of the value, as shape.ts has it; for a list, of its elements. */
  readonly tag: string;
  readonly isList: boolean;

  constructor(index: number, tag: string, isList: boolean) {
    this.sql = `$${index}`;
    this.tag = tag;
    this.isList = isList;
  }
}

/** How many rows are taken. */
export class Take {
  readonly parameter: Parameter;
  readonly size: number;
  readonly isBackward: boolean;

  constructor(parameter: Parameter, size: number, isBackward: boolean) {
    this.parameter = parameter;
    this.size = size;
    this.isBackward = isBackward;
  }
}

export interface Template {
  [name: string]: Part;
}
export type Part = Parameter | Take | string | boolean | null | readonly Part[] | Template;

/** Reads a shape. */
export function templateOf(names: Names, key: string): { template: Template; parameters: number } {
  let at = 0;
  const parameters: Parameter[] = [];
  const parameter = (tag: string, isList = false) => {
    const made = new Parameter(parameters.length + 1, tag, isList);
    parameters.push(made);
    return made;
  };
  function part(): Part {
    const mark = key.charAt(at++);
    if (mark === '{') return object();
    if (mark === '[') return list();
    if (mark >= '\u0100') return names.nameOf(mark);
    if (mark === 't' || mark === 'f') return mark === 't';
    if (mark === 'z') return null;
    // One that was met before.
    if (mark === 'p') return parameters[key.charCodeAt(at++) - 1] as Parameter;
    if (mark === 'l') return parameter(key.charAt(at++), true);
    if (mark === '+' || mark === '-') return new Take(parameter('n'), Number(key.charAt(at++)), mark === '-');
    return parameter(mark);
  }
  function object(): Template {
    const found: Template = {};
    while (key.charAt(at) !== '}') {
      const name = names.nameOf(key.charAt(at++));
      found[name] = part();
    }
    at++;
    return found;
  }
  function list(): Part[] {
    const found: Part[] = [];
    while (key.charAt(at) !== ']') found.push(part());
    at++;
    return found;
  }
  at = 1;
  const template = object();
  return { template, parameters: parameters.length };
}

/** @throws {Declined} when it is no object. */
export function objectOf(part: Part | undefined): Template {
  const isObject = typeof part === 'object' && part !== null;
  return isObject && !Array.isArray(part) && !(part instanceof Parameter) && !(part instanceof Take)
    ? (part as Template)
    : decline('argument');
}
