import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../refusal.ts';

/** Another process has the data folder. */
export class FolderInUse extends Refusal {}

/**
 * Keeps a data folder for this process: two PostgreSQLs on the same files destroy them, and the
 * embedded one doesn't watch for that. The lock names the process, so that one left behind by a
 * process that was killed is taken over.
 * @returns a function that gives the folder back.
 * @throws {FolderInUse} when another running process has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(`${process.pid}\n`);
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10);
    if (holder && holder !== process.pid && isRunning(holder)) {
      throw new FolderInUse(
        `The data folder ${folder} is used by process ${holder}. Stop that process, or name another folder in DATA_DIR. (If no Verbatim runs, remove ${path}.)`,
      );
    }
    await rm(path, { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
