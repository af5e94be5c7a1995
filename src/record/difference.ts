/** The rows of a list that is replaced which go, by their ids, and those that come: what is in both stays as it is. */
export function difference<Row extends object>(
  current: readonly (Row & { id: string })[],
  wanted: readonly Row[],
): { dropped: string[]; added: Row[] } {
  const added = new Map(wanted.map((row) => [textOf(row), row]));
  const dropped = current.filter(({ id: _, ...row }) => !added.delete(textOf(row)));
  return { dropped: dropped.map(({ id }) => id), added: [...added.values()] };
}

const textOf = (row: object): string => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
