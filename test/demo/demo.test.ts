import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appearances } from '../../src/demo/appearances.ts';
import { citations } from '../../src/demo/citations.ts';
import { document, documents } from '../../src/demo/documents.ts';
import { event, events } from '../../src/demo/events.ts';
import { demoId, type Kind } from '../../src/demo/ids.ts';
import { loadDemo } from '../../src/demo/load.ts';
import { memberships } from '../../src/demo/memberships.ts';
import { organizations } from '../../src/demo/organizations.ts';
import { eventLinks, participations } from '../../src/demo/participations.ts';
import { people, person } from '../../src/demo/people.ts';
import { places } from '../../src/demo/places.ts';
import { nth } from '../../src/demo/spans.ts';
import { statement, statementLinks, statements } from '../../src/demo/statements.ts';
import { isEmpty } from '../../src/record/count.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const tables: Record<Kind, object> = {
  person: people,
  organization: organizations,
  membership: memberships,
  place: places,
  event: events,
  participation: participations,
  eventLink: eventLinks,
  document: documents,
  statement: statements,
  appearance: appearances,
  statementLink: statementLinks,
  citation: citations,
};

const kinds = Object.keys(tables) as Kind[];

const tableOf = (kind: Kind) => `"${kind[0]?.toUpperCase()}${kind.slice(1)}"`;

let database: TestDatabase;
let emptyBefore: boolean;
beforeAll(async () => {
  database = await openTestDatabase();
  emptyBefore = await isEmpty(database);
  await loadDemo(database.prisma);
});
afterAll(() => database.close());

async function first(sql: string) {
  const [row] = await database.raw(sql);
  return row;
}

describe('loading', () => {
  it('goes into an empty database', async () => {
    expect(emptyBefore).toBe(true);
    expect(await isEmpty(database)).toBe(false);
  });

  it('is refused the second time, and changes nothing', async () => {
    const revisions = await database.prisma.revision.count();
    await expect(loadDemo(database.prisma)).rejects.toMatchObject({ code: 'P2002' });
    expect(await database.prisma.revision.count()).toBe(revisions);
  });

  it.each(kinds)('puts each %s under its own id, and publishes it', async (kind) => {
    const ids = Object.keys(tables[kind]).map((slug) => demoId(kind, slug));
    const rows = await database.raw(`SELECT id::text, "status"::text FROM ${tableOf(kind)}`);
    expect(rows.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(rows.every(({ status }) => status === 'PUBLISHED')).toBe(true);
  });

  it('makes as many records as the article gives', () => {
    const counts = Object.fromEntries(kinds.map((kind) => [kind, Object.keys(tables[kind]).length]));
    expect(counts).toEqual({
      person: 6,
      organization: 16,
      membership: 7,
      place: 7,
      event: 13,
      participation: 20,
      eventLink: 6,
      document: 3,
      statement: 12,
      appearance: 26,
      statementLink: 2,
      citation: 63,
    });
  });
});

describe('ids', () => {
  it('are UUIDs of version 7', () => {
    for (const kind of kinds) {
      for (const slug of Object.keys(tables[kind])) {
        const id = demoId(kind, slug);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toISOString()).toBe('2021-12-13T00:00:00.000Z');
      }
    }
  });

  it('stay as they are from one version to the next', () => {
    expect(person('mckenzie')).toBe('017db116-c800-765d-8e73-5e7b3775ce1b');
    expect(statement('araji-end')).toBe('017db116-c800-7d9f-a5fe-ad50a9634101');
  });
});

describe('the article', () => {
  it('prints every statement, and the record keeps none of its text', async () => {
    const article = document('article');
    const missing = await database.raw(
      `SELECT s.id FROM "Statement" AS s WHERE NOT EXISTS (SELECT FROM "Appearance" AS a WHERE a."statementId" = s.id AND a."documentId" = '${article}')`,
    );
    expect(missing).toEqual([]);
    expect(await first(`SELECT "text", "sha256", "url", "publisherId" FROM "Document" WHERE id = '${article}'`)).toEqual({
      text: null,
      sha256: null,
      url: null,
      publisherId: null,
    });
  });

  it('is the evidence for every fact', async () => {
    for (const kind of ['event', 'participation', 'membership', 'eventLink', 'statementLink']) {
      const bare = await database.raw(
        `SELECT f.id FROM ${tableOf(kind as Kind)} AS f WHERE NOT EXISTS (
          SELECT FROM "Citation" AS c JOIN "Span" AS s ON s."citationId" = c.id
          WHERE c."${kind}Id" = f.id AND c."documentId" = '${document('article')}')`,
      );
      expect(bare, kind).toEqual([]);
    }
  });

  it('supports every date', async () => {
    const rows = await database.raw(`
      SELECT 'event' AS of, id::text, "date" FROM "Event" WHERE "date" IS NOT NULL
      UNION ALL SELECT 'end of event', id::text, "endDate" FROM "Event" WHERE "endDate" IS NOT NULL
      UNION ALL SELECT 'statement', id::text, "date" FROM "Statement" WHERE "date" IS NOT NULL
      UNION ALL SELECT 'death', id::text, "deathDate" FROM "Person" WHERE "deathDate" IS NOT NULL
      UNION ALL SELECT 'birth', id::text, "birthDate" FROM "Person" WHERE "birthDate" IS NOT NULL
      UNION ALL SELECT 'start', id::text, "startDate" FROM "Membership" WHERE "startDate" IS NOT NULL
      UNION ALL SELECT 'end', id::text, "endDate" FROM "Membership" WHERE "endDate" IS NOT NULL
      UNION ALL SELECT 'founding', id::text, "foundingDate" FROM "Organization" WHERE "foundingDate" IS NOT NULL
      UNION ALL SELECT 'dissolution', id::text, "dissolutionDate" FROM "Organization" WHERE "dissolutionDate" IS NOT NULL`);
    const found = rows.map(({ of, id, date }) => `${of} ${id} ${date}`);
    // What is dated, to when, and by which words of an article that is of December 2021.
    const supported = [
      ['event', event('tensions'), '2020-01/..', 'À partir de janvier 2020'],
      ['event', event('agreement'), '2021-07', 'en juillet dernier'],
      ['event', event('meeting'), '2021-12', 'jeudi dernier, après une réunion'],
      ['event', event('end-of-missions'), '2021-12', 'jeudi dernier'],
      ['end of event', event('combat-missions'), '2021-12', 'jeudi dernier'],
      ['event', event('iraqi-forces-take-over'), '2021-12', "Aujourd'hui, quelques semaines avant l'échéance"],
      ['event', event('deadline'), '2021-12-31', 'le 31 décembre'],
      ['event', event('strike-on-soleimani'), '2020-01', 'janvier 2020'],
      ['event', event('missiles-on-al-asad'), '2020-01~', 'quelques jours plus tard'],
      ['event', event('attacks-since-2020'), '2020-01~/..', "depuis le début de l'année 2020"],
      ['statement', statement('araji-end'), '2021-12', 'jeudi dernier'],
      ['statement', statement('araji-relation'), '2021-12', "la publication d'al-Araji"],
      ['statement', statement('agreement'), '2021-07', 'en juillet dernier'],
      ['statement', statement('shammari-success'), '2021-12', 'à propos de la décision de jeudi'],
      ['statement', statement('shammari-hope'), '2021-12', 'a ajouté'],
      ['death', person('soleimani'), '2020-01', 'janvier 2020, le tuant'],
      ['end', demoId('membership', 'soleimani/quds-force'), '2020-01', 'janvier 2020, le tuant'],
    ];
    expect(found.sort()).toEqual(supported.map(([of, id, date]) => `${of} ${id} ${date}`).sort());
  });
});

describe('the statements', () => {
  it('have a speaker in a capacity, or the words that stand for one', async () => {
    const nameless = await database.prisma.statement.findMany({
      where: { speakerPersonId: null, speakerOrganizationId: null },
      select: { id: true, capacityId: true },
    });
    expect(nameless.map(({ id }) => id).sort()).toEqual([statement('air-support'), statement('agreement')].sort());
    expect(nameless.every(({ capacityId }) => capacityId === null)).toBe(true);
    expect(await database.prisma.statement.count({ where: { capacityId: { not: null } } })).toBe(10);
    expect(await database.prisma.statement.count({ where: { attributionText: null } })).toBe(0);
  });

  it('are placed in the interview only where the article places them', async () => {
    const interviewed = await database.prisma.statement.findMany({ where: { medium: 'INTERVIEW' }, select: { id: true } });
    expect(interviewed).toEqual([{ id: statement('mckenzie-soldiers') }]);
  });

  it('are translations into French, from a language that the article does not tell', async () => {
    expect(await database.prisma.statement.count({ where: { isTranslation: true, language: 'fr', originalLanguage: null } })).toBe(12);
  });

  it('have translations that the dispatch printed so', async () => {
    const printed = await database.raw(
      `SELECT t."text", a."printedText" FROM "Translation" AS t
      JOIN "Appearance" AS a ON a."statementId" = t."statementId" AND a."documentId" = t."documentId" AND a."language" = t."language"`,
    );
    expect(printed).toHaveLength(await database.prisma.translation.count({ where: { documentId: { not: null } } }));
    for (const row of printed) expect(row.text).toBe(String(row.printedText).replace('\n', ' '));
  });
});

describe('the dispatches', () => {
  const dispatches = ['dispatch-fr', 'dispatch-en'] as const;

  it('say what they are, and who wrote them', () => {
    expect(documents['dispatch-fr'].text).toContain('Ce texte de démonstration a été écrit par le projet Verbatim');
    expect(documents['dispatch-en'].text).toContain('This demonstration text was written by the Verbatim project');
  });

  it('have every span where the record says', async () => {
    const spans = await database.raw(
      `SELECT d."text", s."start", s."end", s."exact", s."prefix", s."suffix" FROM "Span" AS s
      LEFT JOIN "Appearance" AS a ON a.id = s."appearanceId"
      LEFT JOIN "Citation" AS c ON c.id = s."citationId"
      JOIN "Document" AS d ON d.id = coalesce(a."documentId", c."documentId")
      WHERE d."text" IS NOT NULL`,
    );
    expect(spans.length).toBeGreaterThan(40);
    for (const span of spans) {
      const [text, start, end] = [String(span.text), Number(span.start), Number(span.end)];
      expect(text.slice(start, end)).toBe(span.exact);
      expect(text.slice(0, start).endsWith(String(span.prefix ?? ''))).toBe(true);
      expect(text.slice(end).startsWith(String(span.suffix ?? ''))).toBe(true);
    }
  });

  it.each(dispatches)('%s counts in UTF-16, having a character of two units before every span', (slug) => {
    expect(documents[slug].text.codePointAt(1)).toBeGreaterThan(0xffff);
  });

  it('relay the article, and one the other', async () => {
    const chain = await database.prisma.appearance.findUniqueOrThrow({
      where: { id: demoId('appearance', 'araji-relation/dispatch-en') },
      select: { language: true, relayedFrom: { select: { language: true, relayedFrom: { select: { documentId: true } } } } },
    });
    expect(chain).toEqual({ language: 'en', relayedFrom: { language: 'fr', relayedFrom: { documentId: document('article') } } });
  });

  it('interrupt a quotation by its attribution', async () => {
    const spans = await database.prisma.span.findMany({
      where: { appearanceId: demoId('appearance', 'araji-relation/dispatch-fr') },
      orderBy: { start: 'asc' },
      select: { kind: true, position: true },
    });
    expect(spans).toEqual([
      { kind: 'CONTENT', position: 0 },
      { kind: 'CUE', position: 0 },
      { kind: 'CONTENT', position: 1 },
    ]);
  });
});

describe('nth', () => {
  it('finds words by how often they stood before', () => {
    expect(nth('so it said, she said', 2, 'said')).toEqual({ exact: 'said', start: 16 });
    expect(() => nth('so it said', 2, 'said')).toThrow('only 1 times, not 2');
  });
});
