import { readFile } from 'node:fs/promises';

const folder = new URL('../../docs/clients/', import.meta.url);

/** The clients that have a page whose programs run as they stand. */
export const pages = ['apollo', 'graphql-request', 'urql'];

/**
 * The program of a page, all its blocks of TypeScript in their order, and what it prints, all its blocks of text.
 * @param {string} name
 */
export async function programOf(name) {
  const page = await readFile(new URL(`${name}.md`, folder), 'utf8');
  const [before, persisted = ''] = page.split(/(?=^## Persisted documents$)/m);
  return {
    program: blocks(before, 'ts').join('\n'),
    /** What is for a server that runs persisted documents alone. */
    persisted: blocks(persisted, 'ts').join('\n'),
    blocks: blocks(page, 'ts').length,
    prints: blocks(page, 'text').join(''),
    /** Its first block of JSON, if it has one. */
    config: blocks(page, 'json')[0],
  };
}

/**
 * A program with the address and the token of a server in place of those that it has.
 * @param {string} program
 * @param {{ endpoint: string, token: string }} server
 */
export function forServer(program, { endpoint, token }) {
  return program.replaceAll('localhost:4000', new URL(endpoint).host).replaceAll('vbt_…', token);
}

function blocks(page, language) {
  return Array.from(page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')), ([, text]) => text);
}
