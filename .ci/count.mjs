import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// The last line of a run: how many tests passed and failed, in all suites together.

const [folder, ...suites] = process.argv.slice(2);
let passed = 0;
let failed = 0;

for (const suite of suites) {
  const file = join(folder, `${suite.replaceAll(':', '-')}.json`);
  if (!existsSync(file)) {
    console.log(`"npm run ${suite}" ended before it could report; it counts as one failure.`);
    failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  // A file that fails before its first test does has no failed test to show for it.
  failed += report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
