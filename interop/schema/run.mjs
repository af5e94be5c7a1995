import { readFile, writeFile } from 'node:fs/promises';
import { changes } from './changes.mjs';
import { lint } from './lint.mjs';
import { mistakes } from './mistakes.mjs';

// Looks at schema.graphql with the rules of graphql-eslint, and compares it with the schema of the last release:
// a change that can break a client must be named in CHANGELOG.md. With --release, the schema as it is becomes
// the one of the last release.

const file = (path) => new URL(path, import.meta.url);
const read = (path) => readFile(file(path), 'utf8');
const baseline = './released.graphql';

const sdl = await read('../../schema.graphql');
if (process.argv.includes('--release')) {
  await writeFile(file(baseline), sdl);
  console.log('released.graphql is schema.graphql as it is now.');
}

const texts = { released: await read(baseline), sdl, changelog: await read('../../CHANGELOG.md') };

const { rules, excepted, problems } = await lint(sdl);
console.log(`The rules schema-recommended and schema-relay: ${rules}, with ${excepted} exceptions; ${problems.length} problems.`);

const { breaking, dangerous, harmless, unsaid } = await changes(texts);
console.log(
  `Since the last release: ${breaking} breaking changes, ${dangerous} dangerous, ${harmless} harmless; ${unsaid.length} that CHANGELOG.md lacks.`,
);

const missed = [];
for (const [name, isRight] of Object.entries(mistakes)) if (!(await isRight(texts))) missed.push(`It was not judged rightly: ${name}.`);
console.log(`Mistakes made on purpose: ${Object.keys(mistakes).length}, ${missed.length} not judged rightly.`);

const failures = [...problems, ...unsaid, ...missed];
for (const failure of failures) console.log(failure);
const broken = new Set(problems.map((problem) => /\(([^()]*)\)$/.exec(problem)?.[1])).size;
const passed = rules - broken + breaking + dangerous - unsaid.length + Object.keys(mistakes).length - missed.length;
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
