type Query = Record<string, unknown>;

/**
 * Where two answers differ, or undefined. Types count: 1 and 1n differ, as do a date and its text.
 * Lists whose order the arguments leave open are the same with the same rows.
 */
export function difference(ours: unknown, theirs: unknown, args: Query | undefined, path = ''): string | undefined {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length !== theirs.length) return `${path}: ${ours.length} rows for ${theirs.length}`;
    const isOpen = args !== undefined && isUnordered(args);
    const [a, b] = isOpen ? [sorted(ours, args), sorted(theirs, args)] : [ours, theirs];
    return first(a.map((each, i) => () => difference(each, b[i], args && { ...args, isRow: true }, `${path}[${i}]`)));
  }
  if (isPlain(ours) && isPlain(theirs)) {
    const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return first(
      [...names].map((name) => () => {
        if (!Object.hasOwn(ours, name) || !Object.hasOwn(theirs, name)) return `${path}.${name} is missing on one side`;
        return difference(ours[name], theirs[name], argsBelow(args, name), `${path}.${name}`);
      }),
    );
  }
  if (ours instanceof Date && theirs instanceof Date && ours.getTime() === theirs.getTime()) return undefined;
  return Object.is(ours, theirs) ? undefined : `${path}: ${shown(ours)} for ${shown(theirs)}`;
}

/** Without a page or an order, Prisma asks for none. */
const isUnordered = ({ orderBy, take, skip }: Query) => orderBy === undefined && take === undefined && !skip;

const isPlain = (value: unknown): value is Query =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

function first(checks: (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check();
    if (found) return found;
  }
  return undefined;
}

/** The arguments of a relation; undefined for a column, where every order counts. */
function argsBelow(args: Query | undefined, name: string): Query | undefined {
  const selection = (args?.select ?? args?.include) as Query | undefined;
  const below = selection?.[name];
  if (below === true) return isColumnLike(name) ? undefined : {};
  return isPlain(below) ? below : undefined;
}

/** Lists of values keep their order; lists of rows that were asked for with `true` don't. */
const isColumnLike = (name: string) => name === 'ancestorIds' || name === 'keys';

const shown = (value: unknown) => `${typeof value} ${typeof value === 'bigint' ? value : JSON.stringify(value)}`;

function sorted(rows: readonly unknown[], args: Query): unknown[] {
  return rows
    .map((row) => ({ row, text: canonical(row, args) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ row }) => row);
}

function canonical(value: unknown, args: Query | undefined): string {
  if (Array.isArray(value)) {
    const parts = value.map((each) => canonical(each, args));
    return `[${(args && isUnordered(args) ? parts.sort() : parts).join()}]`;
  }
  if (!isPlain(value)) return shown(value instanceof Date ? value.getTime() : value);
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${name}:${canonical(value[name], argsBelow(args, name))}`)
    .join()}}`;
}
