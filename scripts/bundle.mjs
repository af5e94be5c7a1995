import { join } from 'node:path';
import { rolldown } from 'rolldown';

// Puts the program and the packages that it needs into a few files: loading more than a thousand takes Node longer
// than running them. What is imported dynamically gets a file of its own, and is loaded when it is asked for.

/** What brings files of its own along, which it looks for beside it, or is large and rarely asked for. */
const apart = [/^@electric-sql\/pglite/, /^@graphql-yoga\/render-graphiql/, /^@prisma\/schema-engine-wasm/, /\.wasm-base64/, 'pg-native'];

/**
 * The federation plugin of Pothos loads Apollo's subgraph library for a function that nothing here calls:
 * src/federation/subgraph.ts makes the subgraph, and loads it when a gateway asks.
 */
const withoutApollo = {
  name: 'without-apollo-in-pothos',
  resolveId: (id, importer) =>
    id.startsWith('@apollo/subgraph') && importer?.includes('@pothos/plugin-federation') ? '\0none' : undefined,
  load: (id) =>
    id === '\0none'
      ? 'export const printSubgraphSchema = undefined, EntityType = undefined, entitiesField = undefined, serviceField = undefined;'
      : undefined,
};

/** Bundles the programs of the project whose root this is. */
export async function bundle(root) {
  const build = await rolldown({
    cwd: root,
    input: { main: 'src/main.ts', cli: 'src/cli.ts' },
    platform: 'node',
    external: apart,
    plugins: [withoutApollo],
    // What is wrong with the sources is told by the checks.
    logLevel: 'silent',
  });
  await build.write({
    dir: join(root, 'dist'),
    entryFileNames: '[name].js',
    // As deep as the sources, which look for folders of the project from where they stand.
    chunkFileNames: 'bundle/[name]-[hash].js',
    sourcemap: true,
    comments: false,
    // Names stay: they stand in messages and logs. Less to read is less to compile.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  });
  await build.close();
}
