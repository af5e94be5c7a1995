import { readFile } from 'node:fs/promises';

const folder = new URL('../../docs/clients/', import.meta.url);

/** The clients that have a page whose programs run as they stand. */
export const pages = ['apollo', 'graphql-request', 'urql'];

/**
 * The program of a page, all its blocks of TypeScript in their order, and what it prints, all its blocks of text.
 * @param {string} name
 * @param {{ endpoint: string, token: string }} server whose address and token stand in for those of the page.
 */
export async function programOf(name, { endpoint, token }) {
  const page = await readFile(new URL(`${name}.md`, folder), 'utf8');
  const program = blocks(page, 'ts').join('\n');
  const at = new URL(endpoint).host;
  return {
    program: program.replaceAll('localhost:4000', at).replaceAll('vbt_…', token),
    blocks: blocks(page, 'ts').length,
    prints: blocks(page, 'text').join(''),
  };
}

function blocks(page, language) {
  return Array.from(page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')), ([, text]) => text);
}
