import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Format } from '../exchange/format.ts';
import type { Imported } from '../exchange/import/import.ts';
import type { ImportOptions } from '../exchange/import/options.ts';
import type { Result } from '../exchange/import/told.ts';
import { Refusal } from '../refusal.ts';
import { beFrugal, onDatabase, print, say } from './shared.ts';
import { minuteOf, tableOf } from './table.ts';

// `verbatim import`: what exists elsewhere, into the record.

interface Given {
  status?: 'DRAFT' | 'PUBLISHED';
  dryRun?: boolean;
  strict?: boolean;
  maxErrors: number;
  by: 'speech' | 'paragraph';
  scheme?: string;
  language?: string;
}

/** Adds `import`, `import list` and `import undo`. */
export function addImport(verbatim: Command): void {
  const command = verbatim
    .command('import')
    .description(
      'Brings records in. The same source again changes nothing; a newer one updates what changed, and keeps what editors changed.',
    )
    .argument('<format>', 'verbatim, parlamint, popolo, wikidata, claimreview or article; or list, or undo')
    .argument('[source]', 'a file, a folder, or - for standard input; .gz and .zst are read as they are')
    .addOption(
      new Option('--status <status>', 'of what is new (drafts, if it isn’t given)').choices(['draft', 'published']).argParser(readStatus),
    )
    .option('--dry-run', 'does all and takes it back')
    .option('--strict', 'stops at the first thing that is wrong, and leaves nothing behind')
    .option('--max-errors <count>', 'stops after so many; what was written stays', count, 1000)
    .addOption(new Option('--by <what>', 'parlamint: what becomes a statement').choices(['speech', 'paragraph']).default('speech'))
    .option('--scheme <scheme>', 'of identifiers that are unique in their source only')
    .option('--language <tag>', 'of what says none, as BCP 47')
    .action(async (name: string, source: string | undefined, given: Given) => {
      const { formats } = await import('../exchange/formats.ts');
      const format = formats.get(name);
      if (!format?.read)
        throw new Refusal(`There is no format "${name}" to read. ${listOf([...formats.values()].filter(({ read }) => read))}`);
      if (source === undefined) throw new Refusal('Name a file or a folder, or - for standard input.');
      await bringIn(format, source, given);
    });

  command
    .command('list')
    .description('Lists the imports, the last one first.')
    .action(() =>
      onDatabase(async ({ prisma }) => {
        const { countsOf } = await import('./watch.ts');
        const imports = await prisma.import.findMany({ orderBy: [{ startedAt: 'desc' }, { id: 'asc' }] });
        const rows = imports.map(({ id, format, source, startedAt, finishedAt, undoneAt, result }) => {
          // What the import wrote.
          const { created, updated, skipped, conflicts } = countsOf(result as unknown as Result);
          const state = undoneAt ? 'undone' : finishedAt ? 'done' : 'unfinished';
          return [id, format, source, minuteOf(startedAt), state, created, updated, skipped, conflicts].map(String);
        });
        await print(tableOf(['id', 'format', 'source', 'started', 'state', 'created', 'updated', 'left out', 'kept'], rows));
      }),
    );

  command
    .command('undo')
    .description('Takes an import back: what it made is removed, what it changed becomes what it was. What was changed since stays.')
    .argument('<id>', 'its id, as in the list')
    .action((id: string) => {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
        throw new Refusal(`"${id}" is not the id of an import. "verbatim import list" lists them.`);
      }
      return onDatabase(async ({ prisma }) => {
        const { undoImport } = await import('../exchange/import/undo.ts');
        const { changes, stayed } = await undoImport(prisma, id.toLowerCase(), null, (done, of) => {
          if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of} transactions taken back`);
          if (process.stderr.isTTY && done === of) process.stderr.write('\n');
        });
        for (const { model, rowId, columns } of stayed) {
          say(
            `stays ${model} ${rowId}: ${columns?.length ? `${columns.join(', ')} changed since` : 'it was changed since, or something depends on it'}.`,
          );
        }
        await print(
          `The import ${id} is undone: ${changes.toLocaleString('en')} changes, ${stayed.length.toLocaleString('en')} things stay as they are.`,
        );
      });
    });
}

async function bringIn(format: Format, path: string, { status, dryRun, strict, maxErrors, ...read }: Given): Promise<void> {
  beFrugal();
  const { watchImport } = await import('./watch.ts');
  const { openSource } = await import('../exchange/source.ts');
  const { importFrom } = await import('../exchange/import/import.ts');
  let seen = (_count: number) => {};
  const source = await openSource(path, (count) => seen(count));
  const sizes = source.files.map(({ size }) => size);
  const watch = watchImport(
    sizes.includes(undefined) ? undefined : (format.passes ?? 1) * sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
  );
  const stop = new AbortController();
  // The first time it stops between two transactions, the second time at once.
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const options: ImportOptions = {
    read,
    by: null,
    maxErrors,
    isDryRun: dryRun === true,
    isStrict: strict === true,
    signal: stop.signal,
    ...(status ? { status } : {}),
  };
  const began = () => {
    seen = watch.bytes;
  };
  try {
    const imported = await onDatabase(({ prisma }) =>
      importFrom(prisma, format, source, options, { began, told: watch.told, progress: watch.step }),
    );
    watch.end();
    await print(await summaryOf(imported, options));
    conclude(imported, maxErrors);
  } finally {
    watch.end();
  }
}

/** What came of it, for a person. */
async function summaryOf({ id, result, isResumed, stopped }: Imported, { isDryRun }: ImportOptions): Promise<string> {
  const { countsOf } = await import('./watch.ts');
  const { created, updated, unchanged, skipped } = countsOf(result);
  const lines = Object.entries(result.counts).map(
    ([model, each]) =>
      `  ${model.padEnd(14)}${(['created', 'updated', 'unchanged', 'skipped'] as const).flatMap((what) => (each?.[what] ? [`${each[what].toLocaleString('en')} ${what}`] : [])).join(', ')}`,
  );
  const carried = Object.entries(result.left).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `${isDryRun ? 'This would have been done: ' : id ? `Import ${id}${isResumed ? ', gone on with' : ''}: ` : 'Nothing was kept of: '}${numbered(created, 'created')}, ${numbered(updated, 'updated')}, ${numbered(unchanged, 'unchanged')}, ${numbered(skipped, 'skipped')}.`,
    ...lines,
    ...(created + updated + skipped === 0 && !stopped ? ['Nothing changed: the record has all of it.'] : []),
    ...(carried.length > 0
      ? [`Not carried: ${carried.map(([name, count]) => `${name} (${count.toLocaleString('en')})`).join(', ')}.`]
      : []),
    ...(result.conflicts > 0 ? [`Kept as editors have it: ${result.conflicts.toLocaleString('en')}.`] : []),
  ].join('\n');
}

const numbered = (count: number, what: string) => `${count.toLocaleString('en')} ${what}`;

/** @throws {Refusal} when something was left out, so that the process says so. */
function conclude({ result, stopped, id }: Imported, maxErrors: number): void {
  if (stopped === 'signal') throw new Refusal('It was stopped. Run the same again, and it goes on from here.');
  if (stopped === 'problem') throw new Refusal('It was stopped by what is wrong, and left nothing behind.');
  if (stopped === 'errors') {
    throw new Refusal(
      `It was stopped after ${maxErrors.toLocaleString('en')} things that are wrong (--max-errors)${id ? '; what was written stays' : ''}.`,
    );
  }
  if (result.problems > 0)
    throw new Refusal(
      `${result.problems === 1 ? 'One thing was' : `${result.problems.toLocaleString('en')} things were`} wrong, and left out.`,
    );
}

const listOf = (formats: readonly Format[]) =>
  `There are: ${formats.map(({ name, description }) => `${name} (${description})`).join(', ')}.`;

function readStatus(text: string): 'DRAFT' | 'PUBLISHED' {
  const status = text.toUpperCase();
  if (status !== 'DRAFT' && status !== 'PUBLISHED') throw new InvalidArgumentError('Choose draft or published.');
  return status;
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Give a number from 1.');
  return number;
}
