import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Connection } from '../../src/database/connection.ts';
import { openDatabase } from '../../src/database/database.ts';
import { openEmbedded } from '../../src/database/embedded.ts';
import { lockFolder } from '../../src/database/lock.ts';
import { migrate, readMigrations } from '../../src/database/migrate.ts';
import { openPostgres } from '../../src/database/postgres.ts';
import { Refusal } from '../../src/refusal.ts';
import { temporaryFolder } from './program.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(async () => {
  await folder?.remove();
});

const openAt = (dataDir: string) => openDatabase({ ...readConfig({}), dataDir });

/** What stands in the books while a migration runs. */
async function begin(connection: Connection): Promise<string> {
  const [migration] = await readMigrations();
  await connection.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, applied_steps_count) VALUES ('x', 'x', '${migration?.name}', 0)`,
  );
  return `${migration?.name}`;
}

describe('an embedded database', () => {
  it('whose making was cut short is made anew', async () => {
    const begun = join(folder.path, 'begun');
    const connection = await openEmbedded(begun);
    await connection.query(
      'CREATE TABLE _prisma_migrations (id text, checksum text, finished_at timestamptz, migration_name text, rolled_back_at timestamptz, applied_steps_count int)',
    );
    await begin(connection);
    // What a process leaves behind that is killed now.
    const left = join(folder.path, 'left');
    await cp(begun, left, { recursive: true });
    await connection.close();

    const database = await openAt(left);
    expect(await database.prisma.person.count()).toBe(0);
    await database.prisma.person.create({ data: { id: '00000000-0000-7000-8000-000000000000', name: 'Kept', sortName: 'Kept' } });
    await database.close();

    // From now on there is something to lose.
    const again = await openEmbedded(left);
    const name = await begin(again);
    await expect(migrate(again)).rejects.toThrow(`The migration ${name} did not finish`);
    expect(await again.query('SELECT name FROM "Person"')).toEqual([{ name: 'Kept' }]);
    await again.query('DELETE FROM _prisma_migrations WHERE finished_at IS NULL');
    await migrate(again);

    // Nor does an older program touch what a newer one has made.
    await again.query("UPDATE _prisma_migrations SET migration_name = '29990101000000_of_the_future'");
    await again.close();
    await expect(openAt(left)).rejects.toThrow(
      `The database (embedded PostgreSQL in ${left}) is newer than this Verbatim: it has the migration 29990101000000_of_the_future`,
    );
    expect(existsSync(join(left, 'lock'))).toBe(false);
  }, 300_000);
});

describe('a data folder that can’t be used', () => {
  const inPlace = (path: string) => cp(join(folder.path, 'left'), path, { recursive: true });

  it.each<[name: string, prepare: (path: string) => Promise<unknown>, says: string]>([
    ['a file', (path) => writeFile(path, ''), "The data folder PATH can't be used (EEXIST"],
    ['a folder in place of the lock', (path) => mkdir(join(path, 'lock'), { recursive: true }), "The data folder PATH can't be used ("],
    [
      'a file in place of the database’s folder',
      async (path) => {
        await mkdir(path);
        await writeFile(join(path, 'postgres'), '');
      },
      "The embedded database in PATH can't be opened (ENOTDIR",
    ],
    [
      'a control file that was overwritten',
      async (path) => {
        await inPlace(path);
        await writeFile(join(path, 'postgres/global/pg_control'), Buffer.alloc(8192, 0xa5));
      },
      "The embedded database in PATH can't be opened (",
    ],
    [
      'a control file that was cut off',
      async (path) => {
        await inPlace(path);
        await truncate(join(path, 'postgres/global/pg_control'), 100);
      },
      "The embedded database in PATH can't be opened (",
    ],
  ])('is refused: %s', async (name, prepare, says) => {
    const path = join(folder.path, name);
    await prepare(path);
    await expectRefusal(path, says);
    if (name.startsWith('a control')) expect(existsSync(join(path, 'lock'))).toBe(false);
  });

  it('is refused: a path below a file', async () => {
    await writeFile(join(folder.path, 'file'), '');
    await expectRefusal(join(folder.path, 'file/data'), "The data folder PATH can't be used (ENOTDIR");
  });

  it.skipIf(process.getuid?.() === 0)('is refused: a folder of others', async () => {
    const path = join(folder.path, 'closed');
    await mkdir(path);
    await chmod(path, 0o500);
    await expectRefusal(path, "The data folder PATH can't be used (EACCES");
    await chmod(path, 0o700);
  });

  async function expectRefusal(path: string, says: string): Promise<void> {
    const error = await openEmbedded(path).catch((reason) => reason);
    expect(error).toBeInstanceOf(Refusal);
    expect(error.message).toContain(says.replace('PATH', path));
    expect(error.message).toMatch(/^[^\n]*DATA_DIR\.[^\n]*$/);
  }
});

describe('a database server that can’t be reached', () => {
  it.each([
    'postgresql://someone:hunter2%ff@127.0.0.1:1/verbatim',
    'postgresql://someone:hunter2%zz@127.0.0.1:1/verbatim',
    'postgresql://someone@127.0.0.1:1/verbatim?password=hunter2',
    'postgresql://someone:hunter2@localhost:1/verbatim',
    'postgresql://someone:hunter2@%2Fno%2Fsuch%2Fsocket/verbatim',
    'postgresql://someone:hunter2@127.0.0.1:1/verbatim?sslrootcert=/no/such/file',
  ])('is refused without a word of its secret: %s', async (url) => {
    const error = await openPostgres(url, 1_000).catch((reason) => reason);
    expect(error).toBeInstanceOf(Refusal);
    expect(error.message).toMatch(/^The PostgreSQL at [^\n]*can't be reached \([^\n]*DATABASE_URL[^\n]*$/);
    expect(error.message).not.toContain('hunter2');
  });
});

describe('the lock of a data folder', () => {
  const locked = async (name: string, holder?: string) => {
    const path = join(folder.path, name);
    await mkdir(path);
    if (holder !== undefined) await writeFile(join(path, 'lock'), holder);
    return path;
  };

  it('names its process, and is gone when the folder is given back', async () => {
    const path = await locked('free');
    const unlock = await lockFolder(path);
    expect(await readFile(join(path, 'lock'), 'utf8')).toBe(`${process.pid}\n`);
    await unlock();
    expect(existsSync(join(path, 'lock'))).toBe(false);
    await unlock();
  });

  it('of a process that runs is respected', async () => {
    const path = await locked('held', `${process.ppid}\n`);
    await expect(lockFolder(path)).rejects.toThrow(Refusal);
    await expect(lockFolder(path)).rejects.toThrow(`is used by process ${process.ppid}.`);
    expect(await readFile(join(path, 'lock'), 'utf8')).toBe(`${process.ppid}\n`);
  });

  it.each([
    // Above what any system gives.
    ['a process that is gone', '2147483646\n'],
    ['a process with the number of this one, before a restart of the machine', `${process.pid}\n`],
    ['nobody', ''],
    ['something else', 'not a number\n'],
  ])('of %s is taken over', async (name, holder) => {
    const path = await locked(name, holder);
    const unlock = await lockFolder(path);
    expect(await readFile(join(path, 'lock'), 'utf8')).toBe(`${process.pid}\n`);
    await unlock();
  });
});
