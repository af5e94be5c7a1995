import { run } from './commands/commands.ts';

// What `verbatim` runs: the command that its arguments name.

await run(process.argv.slice(2));
