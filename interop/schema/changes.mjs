import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

/**
 * What has changed in the schema since the last release, and what of it the changelog has to name and doesn't.
 * @param {{ released: string, sdl: string, changelog: string }} texts
 * @returns {Promise<{ breaking: number, dangerous: number, harmless: number, unsaid: string[] }>}
 */
export async function changes({ released, sdl, changelog }) {
  const found = await diff(buildSchema(released), buildSchema(sdl));
  const said = pathsOf(unreleased(changelog));
  const of = (level) => found.filter(({ criticality }) => criticality.level === level);
  const breaking = of(CriticalityLevel.Breaking);
  const dangerous = of(CriticalityLevel.Dangerous);
  return {
    breaking: breaking.length,
    dangerous: dangerous.length,
    harmless: found.length - breaking.length - dangerous.length,
    unsaid: [...breaking, ...dangerous]
      .filter(({ path }) => !said.has(path))
      .map(
        ({ path, message, criticality }) => `\`${path}\` is not named under "Unreleased": ${message} (${criticality.level.toLowerCase()})`,
      ),
  };
}

/** The part of the changelog about what is not released yet. */
function unreleased(changelog) {
  const [, section] = /^## \[?Unreleased\]?[^\n]*\n(.*?)(?=^## |(?![\s\S]))/ims.exec(changelog) ?? [];
  if (section === undefined) throw new Error('CHANGELOG.md has no "## Unreleased".');
  return section;
}

/** The paths of the schema in a text, each in backticks: `Person.nickname`. */
function pathsOf(text) {
  return new Set(Array.from(text.matchAll(/`([^`\n]+)`/g), ([, path]) => path));
}
