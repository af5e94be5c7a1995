import { run } from './commands.ts';

// What `npm start` runs: the server.

await run(['serve']);
