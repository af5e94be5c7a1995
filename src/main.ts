import { destination, pino } from 'pino';
import { readConfig } from './config.ts';
import { Refusal } from './refusal.ts';
import { serve } from './serve.ts';

// The process: configuration, then the database, then the server. What a person wants to read goes to
// standard output, the log to standard error.

try {
  const config = readConfig(process.env);
  await serve(config, pino({ level: config.logLevel }, destination(2)));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
