import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { build, root, say } from './steps.mjs';

// Writes what the migrations lack of the Prisma schema into a new one; with --check, only tells whether
// they lack something.

await build();
const { connectionTo } = await import('../dist/database/embedded-connection.js');
const { embeddedOptions } = await import('../dist/database/embedded-options.js');
const { readMigrations } = await import('../dist/database/migrate.js');
const { openSchemaEngine } = await import('../dist/database/schema-engine.js');

const [argument = ''] = process.argv.slice(2);
if (argument === '--check') {
  const sql = await missing();
  say(
    sql ? `The migrations lack this of prisma/schema.prisma. Run "npm run migration -- <name>".\n${sql}` : 'The migrations are up to date.',
  );
  process.exitCode = sql ? 1 : 0;
} else if (!/^[a-z][a-z0-9_]*$/.test(argument)) {
  say('Name the migration, in small letters and underscores: npm run migration -- add_nickname');
  process.exitCode = 1;
} else {
  const sql = await missing();
  say(sql ? `${await write(argument, sql)} was written. Read it, and add what the Prisma schema can’t say.` : 'There is no difference.');
}

/** The SQL between the migrations and the Prisma schema. */
async function missing() {
  const connection = connectionTo(await PGlite.create(embeddedOptions), 'an empty database');
  const engine = await openSchemaEngine(connection);
  try {
    return await engine.diff(await readMigrations(), await readFile(join(root, 'prisma/schema.prisma'), 'utf8'));
  } finally {
    engine.close();
    await connection.close();
  }
}

async function write(name, sql) {
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folder = `prisma/migrations/${timestamp}_${name}`;
  await mkdir(join(root, folder));
  await writeFile(join(root, folder, 'migration.sql'), `${sql}\n`);
  return `${folder}/migration.sql`;
}
