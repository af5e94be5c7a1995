import { type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemo } from '../../src/demo/load.ts';
import { examples } from '../../src/playground/examples.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HttpAnswer, type RunningServer, startServer } from './start.ts';

let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await openTestDatabase();
  await loadDemo(database.prisma);
  server = await startServer(database);
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

describe('the playground', () => {
  let page: HttpAnswer;

  beforeAll(async () => {
    page = await server.fetch('/graphql', { headers: { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' } });
  });

  it('is what a browser gets', () => {
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(page.text).toMatch(/^\s*<!doctype html>/);
    expect(page.text).toMatch('<title>Verbatim</title>');
    expect(page.headers.get('x-request-id')).not.toBeNull();
  });

  it('is not what a program gets', async () => {
    const answer = await server.fetch('/graphql?query={__typename}', { headers: { accept: 'application/json' } });
    expect(answer.text).toBe('{"data":{"__typename":"Query"}}');
  });

  it('has a tab for every example', () => {
    expect(examples.length).toBeGreaterThan(4);
    for (const { query } of examples) expect(page.text).toContain(JSON.stringify({ query }));
  });

  it('asks nothing of other sites', () => {
    // Without what stands in its scripts, styles and images, which is all there already.
    const bare = page.text
      .replaceAll(/(<script[^>]*>)[\s\S]*?<\/script>/g, '$1')
      .replaceAll(/(<style[^>]*>)[\s\S]*?<\/style>/g, '$1')
      .replaceAll(/"data:[^"]*"/g, '"data:"');
    expect(bare.length).toBeLessThan(2_000);
    const sources = [...bare.matchAll(/\b(?:src|srcset|href|action|data|poster)\s*=\s*["']?([^"'\s>]*)/g)].map(([, source]) => source);
    expect(sources).toEqual(['data:']);
    expect(bare).not.toMatch(/https?:|<(?:base|iframe|object|embed|meta http-equiv)/);
    const styles = [...page.text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, style]) => style).join('\n');
    expect(styles.length).toBeGreaterThan(1_000);
    expect(styles).not.toMatch(/@import/);
    for (const [, source] of styles.matchAll(/url\(\s*["']?([^"')]{0,20})/g)) expect(source).toMatch(/^(?:data:|#)/);
  });
});

/** No speaker of the article is said to have taken part in one of its events. */
const empty = ['events.nodes.statementsAbout.nodes.speaker.participations.nodes'];

describe.each(examples.map((example) => [example.file, example.query] as const))('the example %s', (_file, query) => {
  it('is answered from the demo record, every list in it too', async () => {
    const answer = await server.ask(query);
    expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
    const missing = listsOf(query).filter((path) => !reaches(answer.body.data, path.split('.')));
    expect(missing.filter((path) => !empty.includes(path))).toEqual([]);
  });

  it('says first what it is about', () => {
    expect(query).toMatch(/^(?:# .+\n)+query [A-Z]/);
  });
});

/** The paths of the lists of a query, by the names that they have in the answer. */
function listsOf(query: string): string[] {
  const { definitions } = parse(query);
  const fragments = new Map(
    definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((each) => [each.name.value, each]),
  );
  const walk = ({ selections }: SelectionSetNode, above: string): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return walk(selection.selectionSet, above);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        return fragment ? walk(fragment.selectionSet, above) : [];
      }
      const path = `${above}${(selection.alias ?? selection.name).value}`;
      const inner = selection.selectionSet ? walk(selection.selectionSet, `${path}.`) : [];
      return /^(?:nodes|edges|memberships|translations|spans|highlight)$/.test(selection.name.value) ? [path, ...inner] : inner;
    });
  return definitions.flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION ? walk(each.selectionSet, '') : []));
}

/** Whether something stands at the path, in any entry of the lists on the way. */
function reaches(value: unknown, path: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((each) => reaches(each, path));
  const [name, ...rest] = path;
  if (name === undefined) return value != null;
  return value != null && typeof value === 'object' && reaches((value as Record<string, unknown>)[name], rest);
}
