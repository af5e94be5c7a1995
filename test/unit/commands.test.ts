import { setFlagsFromString } from 'node:v8';
import { afterAll, expect, it } from 'vitest';
import { perform } from '../../src/commands/commands.ts';

// What the commands refuse before they look at a database.

// Importing and exporting keep the heap small, and other tests come after these in the same process.
afterAll(() => setFlagsFromString('--heap-growing-percent=0'));

it.each([
  [['import', 'xml', 'x'], 'There is no format "xml" to read. There are: verbatim ('],
  [['import', 'csv', 'x'], 'There is no format "csv" to read.'],
  [['import', 'verbatim'], 'Name a file or a folder, or - for standard input.'],
  [['import', 'verbatim', 'nowhere.jsonl'], 'There is no file or folder "nowhere.jsonl".'],
  [['import', 'verbatim', 'x', '--status', 'retracted'], 'Choose draft or published.'],
  [['import', 'verbatim', 'x', '--max-errors', 'many'], 'Give a number from 1.'],
  [['import', 'undo', '7'], '"7" is not the id of an import.'],
  [['export', 'parlamint'], 'There is no format "parlamint" to write. There are: verbatim'],
  [['export', 'csv'], 'The format csv writes several files: name a folder with --out.'],
  [['export', 'verbatim', '--where', '{ x: {} }'], 'There is no "x" to filter'],
])('refuses %j', async (args, message) => {
  const refused = await perform(args);
  expect(refused).toContain(message);
  expect(refused).not.toContain('\n');
});
