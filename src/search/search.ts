import { builder } from '../builder.ts';
import { userError } from '../errors.ts';
import { connectionOf, nodePaths } from '../graph/connection.ts';
import { endsField } from '../graph/ends.ts';
import { delegateOf, refOf } from '../graph/noun.ts';
import type { PageArgs } from '../graph/page.ts';
import { readRawPage } from '../graph/raw-page.ts';
import { RecordInterface } from '../graph/record.ts';
import { readRoot } from '../graph/selection.ts';
import { countHits, findHits, type Hit, type SearchType as TypeName } from './find.ts';

const SearchType = builder.enumType('SearchType', {
  description: 'A kind of record that can be searched for.',
  values: {
    PERSON: { description: 'People, by their names and what the record says of them.' },
    ORGANIZATION: { description: 'Organizations, by their names and what the record says of them.' },
    EVENT: { description: 'Events, by their titles, descriptions and other names.' },
    STATEMENT: { description: 'Statements, by their words in any language, and by the speaker as printed.' },
    DOCUMENT: { description: 'Documents, by their titles and, where the record keeps it, their text.' },
  } satisfies Record<TypeName, object>,
});

interface Part {
  text: string;
  isMatch: boolean;
}

const HighlightPart = builder.objectRef<Part>('HighlightPart').implement({
  description: 'A part of a text that was found. Put together, the parts are an excerpt of it; nothing in them is markup.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The text of this part.' }),
    isMatch: t.exposeBoolean('isMatch', { description: 'Whether it is one of the words that were searched for, in some form.' }),
  }),
});

type Found = { id: string } & Pick<Hit, 'score' | 'excerpt'>;

builder.prismaObject('SearchEntry', {
  name: 'SearchHit',
  description: 'A record that was found, and where in it.',
  select: { id: true },
  fields: (t) => ({
    record: endsField(t, {
      type: RecordInterface,
      ends: { person: 'Person', organization: 'Organization', event: 'Event', statement: 'Statement', document: 'Document' },
      description: 'The record.',
    }),
    score: t.float({
      description:
        'How well it fits: above 1 the words stand in it, the closer together the higher; from 0.33 to 1 a name in it is similar to them.',
      resolve: (hit) => (hit as Found).score,
    }),
    highlight: t.field({
      type: [HighlightPart],
      description: 'An excerpt of the text that fits best, with the words that were found.',
      resolve: (hit) => partsOf((hit as Found).excerpt),
    }),
  }),
});

/** What stands between the marks that the database puts around a match. */
function partsOf(excerpt: string): Part[] {
  return excerpt
    .split(/(\uE000[^\uE001]*\uE001)/)
    .filter((text) => text !== '')
    .map((text) => ({ isMatch: text.startsWith('\uE000'), text: text.replace(/[\uE000\uE001]/g, '') }));
}

const SearchConnection = connectionOf(refOf('SearchEntry'), 'Search', 'what was found');

const maxLength = 500;

interface SearchArgs extends PageArgs {
  query: string;
  types?: TypeName[] | null;
  languages?: string[] | null;
}

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnection,
    description:
      'Searches the texts and names of the record, the best first. Accents and case don’t matter; words are found in other forms of the same language (French, English, Spanish, German, Arabic; others as they are written); a name is also found by one that is similar. Several words must all be there; "quoted words" must follow each other; `or` and `-word` work too.',
    args: {
      query: t.arg.string({ required: true, description: `What to search for, up to ${maxLength} characters.` }),
      types: t.arg({ type: [SearchType], required: false, description: 'The kinds of records to search; all when absent.' }),
      languages: t.arg({
        type: ['Language'],
        required: false,
        description: 'The languages of the texts to search; all when absent. Names are searched in any case.',
      }),
      ...t.arg.connectionArgs(),
    },
    ...readRoot<SearchArgs>(async ({ query, types, languages, ...args }, context, selection) => {
      if (query.trim() === '' || query.length > maxLength) {
        throw userError(
          'INVALID_QUERY',
          `\`query\` has ${query.trim() === '' ? 'no words' : `${query.length} characters`}; give 1 to ${maxLength} characters.`,
        );
      }
      const page = readRawPage(
        'search',
        [
          { column: 'score', type: 'Float', direction: 'desc' },
          { column: 'record', type: 'Uuid', direction: 'asc' },
        ],
        args,
      );
      const wanted = { query, types: types ?? undefined, languages: languages ?? undefined };
      const asked = selection.names;
      const [hits, totalCount] = await Promise.all([
        asked.has('totalCount') && asked.size === 1 ? [] : findHits(context, wanted, page),
        asked.has('totalCount') ? countHits(context, wanted) : undefined,
      ]);
      const { edges, pageInfo } = page.connect(hits);
      const rows = await hydrate(edges.map(({ node }) => node));
      return {
        pageInfo,
        edges: edges.map(({ cursor, node }) => ({ cursor, node: { ...rows.get(node.id), ...node } as never })),
        totalCount,
      };

      async function hydrate(found: readonly Hit[]): Promise<Map<string, object>> {
        if (found.length === 0) return new Map();
        const entries = await delegateOf('SearchEntry', context).findMany({
          ...selection.query('SearchHit', nodePaths, { id: true }),
          where: { id: { in: found.map(({ id }) => id) } },
        });
        return new Map((entries as { id: string }[]).map((entry) => [entry.id, entry]));
      }
    }),
  } as never),
);
