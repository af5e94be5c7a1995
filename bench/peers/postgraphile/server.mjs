import { createServer } from 'node:http';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { lambda } from 'postgraphile/grafast';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { extendSchema, gql, jsonPgSmartTags } from 'postgraphile/utils';
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter';
import { searchStatement, tell } from '../shared/serve.mjs';
import { localize } from '../shared/values.mjs';
import { role, schema } from './schema.mjs';

// PostGraphile on Grafserv: the schema is made from the database.

const owner = new pg.Client(process.env.DATABASE_URL);
await owner.connect();
const url = new URL(process.env.DATABASE_URL);
await owner.query(schema(searchStatement, url.password));
await owner.end();
url.username = role;

const LocalizedTitle = extendSchema({
  typeDefs: gql`
    type LocalizedText { text: String!, language: String! }
    extend type Event { localizedTitle(languages: [String!]): LocalizedText! }
  `,
  objects: {
    Event: {
      plans: {
        localizedTitle: ($event, { $languages }) =>
          lambda(
            [$event.get('title'), $languages],
            ([title, languages]) => localize(typeof title === 'string' ? JSON.parse(title) : title, languages),
            true,
          ),
      },
    },
  },
});

// PostGraphile calls each `id` a "rowId".
const Names = jsonPgSmartTags({ version: 1, config: { attribute: { 'public.Revision.rowId': { tags: { name: 'changedRow' } } } } });

const instance = postgraphile({
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  plugins: [LocalizedTitle, Names],
  // Lists are sorted and filtered by columns that have a place in an index, and not always the first.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ connectionString: url.href, schemas: ['public', 'bench_postgraphile'], poolConfig: { max: 10 } })],
  schema: { pgOrderByNullsLast: true, orderByNullsLast: true, defaultBehavior: '-insert -update -delete' },
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  grafast: { explain: false },
});
if (process.env.PRINT) {
  const { printSchema } = await import('postgraphile/graphql');
  console.info(printSchema(await instance.getSchema()));
  process.exit();
}
const server = createServer();
server.on('error', (error) => console.error(error));
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), '127.0.0.1', () => tell(server.address().port));
