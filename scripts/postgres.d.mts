export interface Postgres {
  binaries: string;
  port: number;
  url(database: string): string;
  pid(): number | undefined;
  log(): Promise<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
  query(statement: string): Promise<void>;
}

export function makePostgres(options?: {
  signal?: AbortSignal;
  settings?: readonly string[];
  kept?: string;
}): Promise<Postgres | undefined>;
