#!/usr/bin/env node
import { run } from './steps.mjs';

await run('cli.js');
