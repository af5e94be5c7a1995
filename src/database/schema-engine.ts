import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

import type { Connection } from './connection.ts';

/** A folder of `prisma/migrations`. */
export interface Migration {
  name: string;
  sql: string;
}

export interface SchemaEngine {
  /** Applies what is not applied yet, and tells the names. */
  apply(migrations: Migration[]): Promise<string[]>;
  /**
   * The SQL that is missing between the migrations (or nothing) and a Prisma schema; empty when they
   * agree. It replays the migrations, so the database of the adapter must be an empty one.
   */
  diff(migrations: Migration[], schema: string): Promise<string>;
  close(): void;
}

// Node has it; its types, for this version, do not.
declare const WebAssembly: {
  instantiate(module: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

const filters = { externalTables: [], externalEnums: [] };

/**
 * Prisma's schema engine, compiled to WebAssembly: the binary one would be downloaded at install time.
 * The package expects a bundler to load its module, so it is put together here.
 */
export async function openSchemaEngine(connection: Pick<Connection, 'adapter' | 'run'>): Promise<SchemaEngine> {
  loading ??= load();
  await loading;
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(wholeScripts(connection)),
  );
  return {
    apply: async (migrations) => {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: listOf(migrations), filters });
      return appliedMigrationNames;
    },
    diff: async (migrations, schema) => {
      const { stdout } = await engine.diff({
        from: migrations.length > 0 ? { tag: 'migrations', ...listOf(migrations) } : { tag: 'empty' },
        to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
        script: true,
        exitCode: null,
        filters,
      });
      const sql = (stdout ?? '').trim();
      return sql === '-- This is an empty migration.' ? '' : sql;
    },
    close: () => engine.free(),
  };
}

// Once a process: the JavaScript half keeps views of the first module's memory.
let loading: Promise<void> | undefined;

async function load(): Promise<void> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = await readFile(script.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(module, {
    // The functions that the module imports are those of its JavaScript half.
    './schema_engine_bg.js': bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/**
 * The drivers' own way to run a script is no good for migrations: one cuts it at every semicolon, in function
 * bodies too, and the other doesn't wait for it to end.
 */
function wholeScripts({ adapter, run }: Pick<Connection, 'adapter' | 'run'>): SqlMigrationAwareDriverAdapterFactory {
  const withRun = async (connecting: Promise<SqlDriverAdapter>) => Object.assign(await connecting, { executeScript: run });
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: () => withRun(adapter.connect()),
    // Migrations are replayed on the database itself: see diff.
    connectToShadowDb: () => withRun(adapter.connect()),
  };
}

function listOf(migrations: Migration[]) {
  return {
    baseDir: 'prisma/migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}
