import type { Findings } from '../reading/findings.ts';
import { type Path, values } from '../reading/json.ts';
import type { SourceFile } from '../source.ts';
import type { Where } from '../unreadable.ts';

// The classes of Popolo, and how the objects of a file are told apart.

export type PopoloClass = 'persons' | 'organizations' | 'memberships' | 'posts' | 'areas' | 'events';

/** The names under which the lists of a file stand. */
const listNames: Readonly<Record<string, PopoloClass>> = {
  persons: 'persons',
  people: 'persons',
  organizations: 'organizations',
  organisations: 'organizations',
  memberships: 'memberships',
  posts: 'posts',
  areas: 'areas',
  events: 'events',
};

/** What only one class has, in the order in which it is looked for. */
const marks: readonly (readonly [PopoloClass, readonly string[]])[] = [
  ['memberships', ['person_id', 'person', 'member', 'on_behalf_of_id', 'post_id']],
  ['persons', ['family_name', 'given_name', 'birth_date', 'gender', 'sort_name', 'honorific_prefix', 'memberships']],
  ['posts', ['role', 'organization_id']],
  ['events', ['start_date', 'attendees', 'location', 'all_day']],
  ['areas', ['geometry', 'type']],
  ['organizations', ['classification', 'founding_date', 'dissolution_date', 'posts']],
];

/** An object of a file; its class is undefined when nothing tells it. */
export interface PopoloObject {
  at: Where;
  class: PopoloClass | undefined;
  value: object;
}

/** What is told while a file is read: on the first time only. */
export interface Watch {
  findings: Findings;
  /** The text of its ids: see `identity.ts`. */
  onMeta?(meta: unknown): void;
}

/**
 * The objects of a file: of the lists under the names of classes, of `results`, or of a list that is the whole file.
 * @param watch is told what is wrong; without it, the file was read before.
 * @throws {Unreadable} when it isn't JSON.
 */
export async function* objects(file: SourceFile, watch?: Watch): AsyncGenerator<PopoloObject> {
  const left = new Set<string>();
  const choose = (path: Path, kind: string) => {
    const [name] = path;
    if (path.length === 0) return kind === 'scalar' ? 'take' : 'enter';
    if (typeof name === 'number' || path.length === 2) return 'take';
    if (Object.hasOwn(listNames, name as string) || name === 'results') return kind === 'scalar' ? 'take' : 'enter';
    if (name !== 'meta') left.add(name as string);
    return name === 'meta' && watch ? 'take' : 'pass';
  };
  for await (const found of values(file, choose)) {
    const { at, path } = found;
    if ('problem' in found) watch?.findings.problem(at, found.problem);
    else if (path[0] === 'meta' && path.length === 1) watch?.onMeta?.(found.value);
    else if (found.value === null && path.length === 1) continue;
    else if (typeof found.value !== 'object' || found.value === null || Array.isArray(found.value)) {
      watch?.findings.problem(at, `${path.join('.') || 'The file'} is not an object, as Popolo has it, and was left out.`);
    } else yield { at, class: classOf(path[0], found.value, file.name), value: found.value };
  }
  for (const name of left) watch?.findings.left('file', name);
}

function classOf(name: string | number | undefined, value: object, file: string): PopoloClass | undefined {
  if (typeof name === 'string' && Object.hasOwn(listNames, name)) return listNames[name];
  const named = Object.keys(listNames).filter((each) =>
    file
      .toLowerCase()
      .split(/[^a-z]+/)
      .includes(each),
  );
  if (named.length === 1) return listNames[named[0] as string];
  return marks.find(([, fields]) => fields.some((field) => Object.hasOwn(value, field)))?.[0];
}
