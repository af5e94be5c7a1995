import { changes } from './changes.mjs';
import { lint } from './lint.mjs';

// Whether the two checks can fail: each is given a schema with a mistake, or a change that is told.

const givenName = /\n {2}"""[^\n]*"""\n {2}givenName: String\n/;

/** @type {Record<string, (texts: { released: string, sdl: string, changelog: string }) => Promise<boolean>>} */
export const mistakes = {
  'a type without a description and an id': async ({ sdl }) => {
    const { problems } = await lint(
      sdl.replace(/^type Query \{$/m, 'type Query {\n  stray: stray_type\n').concat('\ntype stray_type { text: String }\n'),
    );
    return ['require-description', 'strict-id-in-types', 'naming-convention'].every((rule) =>
      problems.some((problem) => problem.includes(rule) && problem.includes('stray_type')),
    );
  },
  'a field that is gone without a word': async (texts) => {
    const { unsaid } = await changes(withoutGivenName(texts, ''));
    return unsaid.length === 1 && unsaid[0].startsWith('`Person.givenName`');
  },
  'a field that is gone, named among what was released long ago': async (texts) => {
    const { unsaid } = await changes(withoutGivenName(texts, '## [0.0.1] - 2020-01-01\n\n- `Person.givenName` is gone.\n'));
    return unsaid.length === 1;
  },
  'a field that is gone, and named': async (texts) => {
    const { breaking, unsaid } = await changes(withoutGivenName(texts, '\n### Removed\n\n- `Person.givenName`.\n'));
    return breaking === 1 && unsaid.length === 0;
  },
};

/** The released schema, and after it the same without a field of Person. */
function withoutGivenName({ released }, more) {
  const person = released.slice(released.indexOf('\ntype Person '));
  if (!givenName.test(person)) throw new Error('The released schema has no Person.givenName to take out.');
  return {
    released,
    sdl: released.replace(person, () => person.replace(givenName, '\n')),
    changelog: `# Changelog\n\n## [Unreleased]\n${more}`,
  };
}
