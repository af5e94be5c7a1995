import { ESLint } from 'eslint';
import { parse } from 'graphql';
import config from './eslint.config.mjs';
import { exceptions } from './exceptions.mjs';

/**
 * What the rules say of a schema, the exceptions aside.
 * @param {string} sdl
 * @returns {Promise<{ rules: number, excepted: number, problems: string[] }>}
 */
export async function lint(sdl) {
  const rules = Object.keys(config[0].rules);
  const withSchema = config.map((entry) => ({
    ...entry,
    languageOptions: { ...entry.languageOptions, parserOptions: { schemaSdl: sdl } },
  }));
  const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: withSchema });
  const messages = (await eslint.lintText(sdl, { filePath: 'schema.graphql' })).flatMap((result) => result.messages);

  const at = coordinates(sdl);
  const unused = new Set(Object.entries(exceptions).flatMap(([rule, names]) => Object.keys(names).map((name) => `${rule} ${name}`)));
  const known = unused.size;
  const problems = [];
  for (const { ruleId, line, message } of messages) {
    const place = at(line);
    const name = [place.field, place.type].find((each) => exceptions[ruleId]?.[each]);
    if (name) unused.delete(`${ruleId} ${name}`);
    else problems.push(`schema.graphql:${line} ${place.field ?? place.type ?? ''}: ${message.replaceAll('\n', ' ')} (${ruleId})`);
  }
  for (const each of unused) problems.push(`The exception ${each} is of no use: take it out of exceptions.mjs.`);
  return { rules: rules.length, excepted: known - unused.size, problems };
}

/** Says of a line of the schema in which type and field it stands. */
function coordinates(sdl) {
  const lines = new Map();
  const note = (node, type, field) => {
    for (let { line } = node.loc.startToken; line <= node.loc.endToken.line; line += 1) lines.set(line, { type, field });
  };
  for (const definition of parse(sdl).definitions) {
    const type = definition.name?.value;
    note(definition, type, undefined);
    for (const member of definition.fields ?? definition.values ?? []) note(member, type, `${type}.${member.name.value}`);
  }
  return (line) => lines.get(line) ?? {};
}
