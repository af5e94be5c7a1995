import type { GraphiQLOptions } from 'graphql-yoga';
import { examples } from './examples.ts';

/** Opens with one tab for each example. */
export const playgroundOptions: GraphiQLOptions = {
  title: 'Verbatim',
  defaultTabs: examples.map(({ query }) => ({ query })),
  defaultEditorToolsVisibility: false,
};

/**
 * The page of the playground, with its script in it: it asks nothing of any other site. The script is large,
 * so it is loaded when someone first opens the page.
 */
export async function renderPlayground(options: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL(options);
}

/** In its place where only persisted documents are run: it could neither read the schema nor ask anything. */
export function renderNoPlayground(): string {
  return `<!doctype html>
<html lang="en">
<title>Verbatim</title>
<p>This server runs persisted documents alone (PERSISTED_DOCUMENTS_ONLY), so it has no playground.
</html>
`;
}
