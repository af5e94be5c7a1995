/** The migrated and empty database that each test's own is a copy of. */
export type Template =
  /** Dumps of an embedded database's files: of that, and of one in which nothing was done yet. */
  | { kind: 'embedded'; file: string; untouched: string }
  /** A database on the server of TEST_DATABASE_URL. The names of its copies start with its own. */
  | { kind: 'postgres'; url: string; database: string };

declare module 'vitest' {
  interface ProvidedContext {
    template: Template;
    /** A folder of this run, for what test files share. */
    shared: string;
  }
}

/** The same server, another database. */
export function urlOf(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
