import { choosing } from './data/load.mjs';
import { languages, sentencesOf, wordsOf, zipf } from './data/words.mjs';

// What is asked of each server: documents in Verbatim's schema, of which the others have a part, and a pool of
// variables for each. In a pool, `{ id: [type, uuid] }` stands for an id and `{ page: n }` for the cursor at the
// end of the n-th page: each server has ids and cursors of its own.

const readers = [['en'], ['fr', 'en'], ['de', 'es', 'en'], ['ar', 'fr']];

export const operations = [
  {
    name: 'record',
    title: 'A record by id',
    document: `query Record($id: ID!) {
  statement(by: { id: $id }) { id text date quoteType speaker { name } }
}`,
    pool: async (rows, { choose }) => {
      const found = await rows(`SELECT id FROM "Statement" WHERE "status" = 'PUBLISHED' ORDER BY hashtextextended(id::text, 1) LIMIT 2000`);
      return choose((random) => ({ id: { id: ['Statement', found[zipf(random, found.length)].id] } }));
    },
  },
  {
    name: 'latest',
    title: 'Twenty latest statements with speaker and event',
    document: `query Latest($after: String) {
  statements(first: 20, after: $after, orderBy: [{ by: DATE, direction: DESC }]) {
    nodes { text date language speaker { name } about(first: 5) { nodes { subject { __typename ... on Event { title(languages: ["en"]) { text } date } } } } }
    pageInfo { hasNextPage endCursor }
  }
}`,
    pool: async (rows, { choose }) => {
      const pages = await pagesOf(rows, `SELECT count(*) FROM "Statement" WHERE "status" = 'PUBLISHED' AND "earliest" IS NOT NULL`, 20);
      return choose((random) => ({ after: { page: zipf(random, pages) } }));
    },
  },
  {
    name: 'levels',
    title: 'Four levels',
    document: `query Levels($after: String, $languages: [Language!]) {
  events(first: 10, after: $after, orderBy: [{ by: DATE, direction: DESC }]) {
    nodes {
      title(languages: $languages) { text language }
      date
      statementsAbout(first: 10) {
        nodes { text date speaker { name memberships(first: 5, where: { endDate: { isNull: true } }) { nodes { role organization { name } } } } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    pool: async (rows, { choose, oneOf }) => {
      const pages = await pagesOf(rows, `SELECT count(*) FROM "Event" WHERE "status" = 'PUBLISHED' AND "earliest" IS NOT NULL`, 10);
      return choose((random) => ({ after: { page: zipf(random, pages) }, languages: oneOf(readers) }));
    },
  },
  {
    name: 'page',
    title: 'A filtered page by cursor, with the total',
    document: `query Page($speaker: ID!, $since: EDTF!, $after: String) {
  statements(first: 20, after: $after, where: { speaker: { person: { id: { eq: $speaker } } }, date: { after: $since } }, orderBy: [{ by: DATE, direction: DESC }]) {
    totalCount
    nodes { text date language quoteType medium }
    pageInfo { hasNextPage endCursor }
  }
}`,
    pool: async (rows, { choose, oneOf }) => {
      const dates = ['2012-05-31', '2017', '2020-02', '2022-10-14', '2024-01'];
      const speakers =
        await rows(`SELECT p.id, count(*)::integer AS count FROM "Person" AS p JOIN "Statement" AS s ON s."speakerPersonId" = p.id
        WHERE s."status" = 'PUBLISHED' AND s."earliest" > timestamptz '2024-02-01Z' GROUP BY p.id HAVING count(*) > 5 ORDER BY 2 DESC, 1 LIMIT 300`);
      return choose((random) => {
        const { id, count } = speakers[zipf(random, speakers.length)];
        return {
          speaker: { id: ['Person', id] },
          since: oneOf(dates),
          after: { page: Math.min(zipf(random, 4), Math.floor((count - 1) / 20)) },
        };
      });
    },
  },
  {
    name: 'search',
    title: 'Full-text search with hydration',
    document: `query Search($query: String!) {
  search(query: $query, first: 20) {
    nodes {
      highlight { text isMatch }
      record {
        __typename
        ... on Actor { name }
        ... on Statement { text speaker { name } }
        ... on Event { title(languages: ["en"]) { text } }
        ... on Document { documentTitle: title }
      }
    }
  }
}`,
    pool: async (_rows, { choose, seed }) => {
      const known = languages.map((language) => ({ words: wordsOf(language, seed), sentences: sentencesOf(language, seed) }));
      // Two words that stand in one sentence, neither among the most frequent.
      return choose((random) => {
        const { words, sentences } = known[zipf(random, known.length)];
        for (;;) {
          const sentence = sentences[Math.floor(random() * sentences.length)].toLowerCase().slice(0, -1).split(' ');
          const rare = sentence.filter((word) => words.indexOf(word) >= 20);
          if (rare.length > 1) return { query: `${rare[0]} ${rare.at(-1)}` };
        }
      });
    },
  },
  {
    name: 'event',
    title: 'An event, its speakers and what else they did (example 3)',
    document: `query EventPage($id: ID!, $languages: [Language!]) {
  event(by: { id: $id }) {
    title(languages: $languages) { text language }
    date
    statementsAbout(first: 10) {
      nodes {
        text
        speaker {
          __typename
          name
          ... on Person { birthDate }
          ... on Organization { classification }
          participations(first: 5) { nodes { role event { title(languages: $languages) { text } date } } }
        }
      }
    }
  }
}`,
    pool: async (rows, { choose, oneOf }) => {
      const found = await rows(`SELECT e.id FROM "Event" AS e WHERE e."status" = 'PUBLISHED'
        ORDER BY (SELECT count(*) FROM "StatementTopic" AS t WHERE t."eventId" = e.id) DESC, e.id LIMIT 1000`);
      return choose((random) => ({ id: { id: ['Event', found[zipf(random, found.length)].id] }, languages: oneOf(readers) }));
    },
  },
  {
    name: 'answers',
    title: 'Answers between events (example 5)',
    document: `query Answers($after: String, $languages: [Language!]) {
  events(first: 10, after: $after, where: { linksFrom: { some: {} } }, orderBy: [{ by: DATE, direction: ASC }]) {
    nodes {
      title(languages: $languages) { text }
      date
      type
      place { name parent { name } }
      participations(first: 10) { nodes { role note participant { __typename name } } }
      linksFrom(first: 5) { nodes { kind to { title(languages: $languages) { text } date } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    pool: async (rows, { choose, oneOf }) => {
      const pages = await pagesOf(rows, `SELECT count(DISTINCT "fromId") FROM "EventLink"`, 20);
      return choose((random) => ({ after: { page: zipf(random, pages) }, languages: oneOf(readers) }));
    },
  },
];

/** How many variables a pool has, so that nothing is one answer from a cache; a check takes fewer. */
const poolSizes = { measuring: 250, check: 50 };

/**
 * The pools of all operations.
 * @param {(sql: string) => Promise<Record<string, any>[]>} rows asks the database.
 */
export async function poolsOf(rows, { seed, check }) {
  const poolSize = check ? poolSizes.check : poolSizes.measuring;
  const pools = {};
  for (const { name, pool } of operations) {
    const random = choosing(seed);
    const oneOf = (list) => list[Math.floor(random() * list.length)];
    const choose = (make) => {
      // Mostly different ones, in the frequencies that they are drawn with.
      const drawn = Array.from({ length: poolSize * 3 }, () => make(random));
      const different = [...new Map(drawn.map((variables) => [JSON.stringify(variables), variables])).values()];
      for (let tries = 0; different.length < poolSize && tries < 20_000; tries += 1) {
        const more = make(random);
        if (!different.some((variables) => JSON.stringify(variables) === JSON.stringify(more))) different.push(more);
      }
      return { different, drawn };
    };
    const { different, drawn } = await pool(rows, { choose, oneOf, seed });
    const chosen = different.slice(0, poolSize);
    const places = new Map(chosen.map((variables, i) => [JSON.stringify(variables), i]));
    // Each once, and those that are frequent as often as they were drawn.
    const order = [...chosen.keys(), ...drawn.map((variables) => places.get(JSON.stringify(variables))).filter((i) => i !== undefined)];
    pools[name] = { variables: chosen, order: shuffled(order, random) };
  }
  return pools;
}

async function pagesOf(rows, sql, size) {
  const [{ count }] = await rows(sql);
  return Math.max(1, Math.min(220, Math.floor(Number(count) / size / 2)));
}

function shuffled(list, random) {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
