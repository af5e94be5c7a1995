// What babel-plugin-relay does to a file, as far as it is needed here: a `graphql` text becomes what the compiler made
// of it. And what a bundler does: a file of several programs' statements becomes one that Node runs.

const tag = /graphql`\s*(?:query|mutation|subscription|fragment)\s+(\w+)[^`]*`/g;
const importStatement = /^import\s[^;]*;\n/gm;

/** @param {string} source of TypeScript. */
export function withArtifacts(source) {
  const names = new Set();
  const code = source.replace(tag, (_, name) => {
    names.add(name);
    return `${name}Artifact`;
  });
  const imports = code.match(importStatement) ?? [];
  const artifacts = [...names].map((name) => `import ${name}Artifact from './__generated__/${name}.graphql.js';\n`);
  const body = code.replace(importStatement, '');
  // Relay's runtime is CommonJS, where nothing can be waited for outside a function.
  return `${[...imports, ...artifacts].join('')}\n(async () => {\n${body}\n})();\n`;
}
