import { run } from './steps.mjs';

await run('main.js');
