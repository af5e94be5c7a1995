// Which file may import which: the layers of src, and where the Prisma client is used.

const nouns = 'people|organizations|events|statements|documents|places';

/** The layers of src, the highest first. A file imports from its own layer and from those below. */
const layers = [
  ['the program', '(main|cli|serve)\\.ts$|commands/'],
  ['the server', 'server\\.ts$|transports/'],
  ['the schema', 'schema\\.ts$'],
  ['what spans the nouns', '(search|timeline|merge|verify|exchange|federation|subscriptions|playground|demo)/|history/edit\\.ts$'],
  ['the nouns', `(${nouns})/`],
  ['what the nouns share', '(names|history(?!/edit)|review|auth|mutation|graph|record|limits|operation|http)/|scalars\\.ts$'],
  ['the builder', 'builder\\.ts$'],
  ['the ground', '(database)/|(context|config|errors)\\.ts$'],
  // Who asks is no more than a value, which the context holds.
  ['the leaves', 'auth/(viewer|roles)\\.ts$|(edtf|edtf-package\\.d|language|refusal)\\.ts$|(generated|compiler)/'],
].map(([name, files]) => ({ name, path: `^src/(${files})` }));

const leaves = layers.at(-1).path;

const downwards = layers.slice(1).map(({ name, path }, i) => ({
  name: `${name} must not import from above`.replaceAll(' ', '-'),
  comment: `Imports run one way: ${layers.map((layer) => layer.name).join(' → ')}.`,
  severity: 'error',
  from: path === leaves ? { path } : { path, pathNot: leaves },
  to: {
    path: layers.slice(0, i + 1).map((layer) => layer.path),
    pathNot: leaves,
  },
}));

export default {
  forbidden: [
    ...downwards,
    {
      name: 'in-a-layer',
      comment: 'The file has no layer yet: give it one in .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: '^src/', pathNot: layers.map(({ path }) => path) },
      to: {},
    },
    {
      name: 'no-circle',
      comment: 'Files that import each other, however far round, can only be understood together. Move what they share into a third.',
      severity: 'error',
      from: { pathNot: '^src/generated/' },
      to: { circular: true },
    },
    {
      name: 'no-prisma-client',
      comment: 'A resolver declares what it reads, and asks the client of its request for the rest. Import types only.',
      severity: 'error',
      from: {
        path: '^src/',
        // Where SQL is put together, and where records are written.
        pathNot: [
          '^src/(generated|database|demo|search|timeline|merge|federation|exchange/(import|export))/',
          '^src/graph/raw-(page|visible)\\.ts$',
          '/write[a-z-]*\\.ts$',
        ],
      },
      to: { path: '^src/generated/prisma/(?!enums\\.ts$)|^node_modules/@prisma/client/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-development-package',
      comment: 'A package that src needs belongs to the dependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-from-outside',
      comment: 'The program is what stands in src.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench|examples)/' },
    },
    {
      name: 'resolvable',
      comment: 'There is no such file or package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^src/generated/'] },
    // Imports of types count: they bind files to each other as well.
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
