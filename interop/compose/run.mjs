import { buildSchema, GraphQLSchema } from 'graphql';
import { startArticles } from '../articles.mjs';
import { composers, sdlOf, subgraph } from '../composition.mjs';
import { startProgram } from '../program.mjs';

// Composes what the running server tells of itself with another subgraph, by both programs that compose. With
// FEDERATION_NODE=off the other one has entry points of these names itself.

const articles = await startArticles();
const counts = { passed: 0, failed: 0 };

try {
  const articlesSdl = await sdlOf(articles.endpoint);
  const withNode = `${articlesSdl}\n  interface Node { id: ID! }\n  extend type Query { node(id: ID!): Node nodes(ids: [ID!]!): [Node]! }`;
  for (const setting of ['own', 'inaccessible', 'off']) {
    const program = await startProgram({ FEDERATION_NODE: setting });
    const sdl = await sdlOf(program.endpoint).finally(program.stop);
    for (const [name, compose] of Object.entries(composers)) {
      const with_ = (others) => compose([subgraph('verbatim', program.endpoint, sdl), subgraph('articles', articles.endpoint, others)]);
      tell(`FEDERATION_NODE=${setting} by ${name}`, problemsOf(with_(setting === 'off' ? withNode : articlesSdl), setting));
      if (setting === 'own') {
        const { errors } = with_(withNode);
        tell(`FEDERATION_NODE=own by ${name} is refused beside another \`node\``, errors.length > 0 ? [] : ['It was composed.']);
      }
    }
  }
} finally {
  await articles.stop();
}

console.log(`compose: ${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

/** What is wrong with a supergraph: what the composer says, and what it lacks. */
function problemsOf({ errors, supergraphSdl }, setting) {
  if (errors.length > 0 || !supergraphSdl) return errors;
  const problems = [];
  const schema = buildSchema(supergraphSdl, { assumeValid: true });
  if (!(schema instanceof GraphQLSchema)) problems.push('It is no schema.');
  const fields = (type) => schema.getType(type)?.getFields() ?? {};
  const has = (type, field) => {
    if (!fields(type)[field]) problems.push(`${type}.${field} is not there.`);
  };
  for (const [type, field] of [
    ['Person', 'statements'],
    ['Person', 'articles'],
    ['Document', 'appearances'],
    ['Document', 'comments'],
    ['Article', 'mentions'],
    ['Query', 'statements'],
    ['Query', 'node'],
  ]) {
    has(type, field);
  }
  const isHidden = fields('Query').node?.astNode.directives.some(({ name }) => name.value === 'inaccessible') ?? false;
  if (isHidden !== (setting === 'inaccessible')) problems.push(`\`node\` is ${isHidden ? '' : 'not '}inaccessible.`);
  const of = fields('Query').node?.astNode.directives.flatMap(({ arguments: args }) => args.map(({ value }) => value.value));
  if (!of?.includes(setting === 'off' ? 'ARTICLES' : 'VERBATIM')) {
    // A field of one subgraph alone says so in `@join__field`.
    problems.push(`\`node\` is of ${of}.`);
  }
  for (const type of ['Person', 'Organization', 'Place', 'Event', 'Statement', 'Document', 'Review']) {
    const keys = schema.getType(type)?.astNode?.directives.filter(({ name }) => name.value === 'join__type');
    if (!keys?.some(({ arguments: args }) => args.some(({ name }) => name.value === 'key'))) problems.push(`${type} has no key.`);
  }
  return problems;
}

function tell(name, problems) {
  counts[problems.length === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  for (const problem of problems) console.log(`     ${problem}`);
}
