import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEvent } from '../../src/events/write.ts';
import { graphql } from '../generated/gql.ts';
import { run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const Titles = graphql(`
  query TitlesIn($languages: [Language!]) {
    events {
      nodes {
        title(languages: $languages) {
          text
          language
        }
        titles {
          language
        }
        description(languages: $languages) {
          text
        }
      }
    }
  }
`);

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await createEvent(database.prisma, { status: 'PUBLISHED', title: { en: 'End', 'fr-CA': 'Fin', 'zh-Hant': '結束' } });
});
afterAll(() => database.close());

test.each([
  [['en'], 'en'],
  [['FR-ca'], 'fr-CA'],
  [['fr'], 'fr-CA'],
  [['en-GB'], 'en'],
  [['de', 'fr', 'en'], 'fr-CA'],
  [['zh-Hant-TW'], 'zh-Hant'],
  [['zh'], 'zh-Hant'],
])('a reader of %j gets %s, and is told so', async (languages, language) => {
  const { events } = await run(database, Titles, { languages });
  expect(events.nodes[0]?.title.language).toBe(language);
});

test('a reader of none of its languages gets one of them', async () => {
  for (const languages of [['de'], [], null]) {
    const { events } = await run(database, Titles, { languages });
    expect(['en', 'fr-CA', 'zh-Hant']).toContain(events.nodes[0]?.title.language);
  }
});

test('all languages can be had, and no text is null', async () => {
  const { events } = await run(database, Titles, {});
  expect(events.nodes[0]?.titles.map(({ language }) => language).sort()).toEqual(['en', 'fr-CA', 'zh-Hant']);
  expect(events.nodes[0]?.description).toBeNull();
});
