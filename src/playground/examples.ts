import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../examples/', import.meta.url);

export interface Example {
  /** The name of the file, such as `01-latest-statements.graphql`. */
  file: string;
  query: string;
}

/** The example queries, from simple to deep, in the order of their files' names. */
export const examples: readonly Example[] = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .sort()
  .map((file) => ({ file, query: readFileSync(new URL(file, folder), 'utf8') }));
