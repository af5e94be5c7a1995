import { isDeepStrictEqual } from 'node:util';
import { startArticles } from '../articles.mjs';
import { composers, sdlOf, subgraph } from '../composition.mjs';
import { startProgram } from '../program.mjs';
import { startApollo, startHive } from './gateways.mjs';
import { runPage } from './page.mjs';
import { writeRecord, writeStatementDraft } from './record.mjs';

// Asks Verbatim and the article service together, through two gateways, and compares what they answer with what
// they should, and with each other. Verbatim answers nobody but the gateway.

const secret = 'what the gateway and Verbatim know, and nobody else';
const trusted = { 'gateway-authorization': `Bearer ${secret}` };
const noName = 'Cannot return null for non-nullable field Person.name.';
const counts = { passed: 0, failed: 0 };
const stops = [];

const started = async (starting) => {
  const what = await starting;
  stops.push(what.stop);
  return what;
};

try {
  const articles = await started(startArticles());
  const verbatim = await started(startProgram({ GATEWAY_SECRET: secret, GATEWAY_ONLY: 'true' }));
  const editor = `Bearer ${verbatim.token}`;
  const ids = await writeRecord(verbatim.endpoint, { ...trusted, authorization: editor });

  const subgraphs = [
    subgraph('verbatim', verbatim.endpoint, await sdlOf(verbatim.endpoint, trusted)),
    subgraph('articles', articles.endpoint, await sdlOf(articles.endpoint)),
  ];
  const compose = (name) => {
    const { supergraphSdl, errors } = composers[name](subgraphs);
    if (!supergraphSdl) throw new Error(errors.join('\n'));
    return supergraphSdl;
  };
  const gateways = {
    Apollo: await started(startApollo(compose('@apollo/composition'), secret)),
    Hive: await started(startHive(compose('@theguild/federation-composition'), secret)),
  };

  for (const { name, query, token, data, errors = [], unnamed = 0 } of cases(ids, editor)) {
    const answers = [];
    // Where a person is null whose name was asked for, which can't be null, Hive says so, and Apollo doesn't.
    const said = { Apollo: errors, Hive: [...errors, ...Array(unnamed).fill(noName)] };
    for (const [gateway, { ask: askGateway }] of Object.entries(gateways)) {
      const answer = await askGateway(query, token);
      const found = { data: answer.data, errors: (answer.errors ?? []).map(shown).sort() };
      answers.push({ ...found, errors: found.errors.filter((error) => error !== noName) });
      tell(`${name}, through ${gateway}`, { data, errors: [...said[gateway]].sort() }, found, answer);
    }
    tell(`${name}, the same through both`, answers[0], answers[1]);
  }

  const services = { verbatim: verbatim.endpoint, articles: articles.endpoint, secret };
  const quoted = { text: 'The envoys came back with nothing.' };
  const named = { name: 'Ana Lima', articles: [{ headline: 'Two envoys' }, { headline: 'The same again' }] };
  const nodes = (statements) => ({ data: { people: { nodes: [{ ...named, statements: { nodes: statements } }] } } });
  await writeStatementDraft(verbatim.endpoint, { ...trusted, authorization: editor }, ids.ana);
  const answers = await runPage(services, [undefined, verbatim.token]);
  for (const [gateway, [reader, working]] of Object.entries(answers)) {
    tell(`the page’s ${gateway}, to a reader`, nodes([quoted]), reader);
    tell(`the page’s ${gateway}, to an editor`, nodes([{ text: 'They will go again.' }]), working);
  }

  const directly = async (body, headers = {}) => {
    const response = await fetch(verbatim.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return [response.status, (await response.json()).errors?.[0]?.extensions?.code];
  };
  const refused = [403, 'GATEWAY_REQUIRED'];
  const people = { query: '{ people { totalCount } }' };
  tell('Verbatim refuses a client', refused, await directly(people));
  tell('Verbatim refuses an editor', refused, await directly(people, { authorization: editor }));
  tell('Verbatim refuses another secret', refused, await directly(people, { 'gateway-authorization': `Bearer ${secret}!` }));
  tell('Verbatim refuses another signature', refused, await directly({ ...people, extensions: { 'hmac-signature': 'AAAA' } }));
  tell('Verbatim answers the gateway', [200, undefined], await directly(people, trusted));
} finally {
  for (const stop of stops.reverse()) await stop();
}

console.log(`gateway: ${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);

function cases(ids, editor) {
  const statements = { nodes: [{ text: 'The envoys came back with nothing.' }] };
  const ana = { wikidataId: 'Q9000001', name: 'Ana Lima' };
  const mentions = (url, fields) => `{ article(url: "https://news.example/${url}") { mentions { ${fields} } } }`;
  return [
    {
      name: 'article → people → statements',
      query: '{ article(url: "https://news.example/1") { headline mentions { wikidataId name statements { nodes { text } } } } }',
      data: {
        article: {
          headline: 'Two envoys',
          mentions: [
            { ...ana, statements },
            { wikidataId: 'Q9000002', name: 'Bruno Sá', statements: { nodes: [] } },
          ],
        },
      },
    },
    {
      name: 'statement → documents → comments',
      query: `{ statement(by: { id: "${ids.statement}" }) { appearances { nodes { document { url title comments { text } } } } } }`,
      data: {
        statement: {
          appearances: {
            nodes: [
              {
                document: {
                  url: 'https://source.example/1',
                  title: 'The envoys',
                  comments: [{ text: 'Well found.' }, { text: 'Is that all?' }],
                },
              },
            ],
          },
        },
      },
    },
    {
      name: 'article → document → statements → speaker → articles',
      query:
        '{ article(url: "https://news.example/1") { source { title statements(first: 1) { nodes { speaker { ... on Person { name articles { headline } } } } pageInfo { hasNextPage } } } } }',
      data: {
        article: {
          source: {
            title: 'The envoys',
            statements: {
              nodes: [{ speaker: { name: 'Ana Lima', articles: [{ headline: 'Two envoys' }, { headline: 'The same again' }] } }],
              pageInfo: { hasNextPage: false },
            },
          },
        },
      },
    },
    {
      name: 'person → articles',
      query: '{ person(by: { identifier: { scheme: "wikidata", value: "Q9000002" } }) { name articles { headline } } }',
      data: { person: { name: 'Bruno Sá', articles: [{ headline: 'Two envoys' }] } },
    },
    {
      name: 'unknown people and documents are null, and so is a draft for a reader',
      query: '{ article(url: "https://news.example/2") { mentions { wikidataId name } source { url title } } }',
      data: { article: { mentions: [null, null], source: { url: 'https://source.example/none', title: null } } },
      unnamed: 2,
    },
    {
      name: 'what can be null of an unknown person is null',
      query: mentions(2, 'wikidataId gender'),
      data: {
        article: {
          mentions: [
            { wikidataId: 'Q9000009', gender: null },
            { wikidataId: 'Q9000003', gender: null },
          ],
        },
      },
    },
    {
      name: 'a draft for an editor, whose token goes through',
      query: mentions(2, 'wikidataId name status'),
      token: editor,
      data: { article: { mentions: [null, { wikidataId: 'Q9000003', name: 'Carla Reis', status: 'DRAFT' }] } },
      unnamed: 1,
    },
    {
      name: 'the same person twice, a retracted one, and a merged one',
      query: mentions(3, 'name id'),
      data: { article: { mentions: [...Array(2).fill({ name: 'Ana Lima', id: ids.ana }), null, { name: 'Ana Lima', id: ids.ana }] } },
      unnamed: 1,
    },
    {
      name: 'the id of a merged person, by a chain',
      query: `{ node(id: "${ids.further}") { ... on Person { name articles { headline } } } }`,
      data: { node: { name: 'Ana Lima', articles: [{ headline: 'Two envoys' }, { headline: 'The same again' }] } },
    },
    {
      name: 'an error of the other subgraph, in its place',
      query: mentions(1, 'name follower'),
      data: {
        article: {
          mentions: [
            { name: 'Ana Lima', follower: 'a follower of Q9000001' },
            { name: 'Bruno Sá', follower: null },
          ],
        },
      },
      errors: ['Nobody can say who follows Q9000002.'],
    },
    {
      name: 'an error of Verbatim, with its code',
      query: '{ person(by: { id: "x" }) { name articles { headline } } articles { headline } }',
      data: {
        person: null,
        articles: [{ headline: 'Two envoys' }, { headline: 'Nobody knows them' }, { headline: 'The same again' }],
      },
      errors: ['INVALID_ID'],
    },
    {
      name: 'a retracted person by id',
      query: `{ node(id: "${ids.retracted}") { id } }`,
      data: { node: null },
      errors: ['RETRACTED'],
    },
  ];
}

/** What both gateways tell of an error: Verbatim's code, or the message of a service that has none. */
function shown({ message, extensions }) {
  const code = extensions?.code;
  return !code || ['INTERNAL_SERVER_ERROR', 'DOWNSTREAM_SERVICE_ERROR'].includes(code) ? message : code;
}

function tell(name, expected, found, whole = found) {
  const isRight = isDeepStrictEqual(JSON.parse(JSON.stringify(found)), JSON.parse(JSON.stringify(expected)));
  counts[isRight ? 'passed' : 'failed'] += 1;
  console.log(`${isRight ? 'ok  ' : 'FAIL'} ${name}`);
  if (!isRight) console.log(`     expected ${JSON.stringify(expected)}\n     found    ${JSON.stringify(whole)}`);
}
