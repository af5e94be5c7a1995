import { beginThread } from './database/embedded-worker.ts';

// What `npm start` runs: the server.

// The embedded database takes longest, so it comes before all that Verbatim has to load itself.
if (!process.env.DATABASE_URL) beginThread();
const { run } = await import('./commands/commands.ts');
await run(['serve']);
