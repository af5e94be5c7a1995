import { run } from './commands/commands.ts';

// What `npm start` runs: the server.

await run(['serve']);
