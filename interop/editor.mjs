import { setTimeout as sleep } from 'node:timers/promises';

const events = 'query Events { events(first: 1) { nodes { id } } }';
const change = 'mutation Change($input: UpdateEventInput!) { updateEvent(input: $input) { errors { message } } }';

/** What the editor asks, for a server that runs persisted documents alone. */
export const editorDocuments = [events, change];

/**
 * Somebody who changes an event again and again, so that whoever follows the record has something to be told of.
 * @param {{ endpoint: string, token: string }} server
 * @returns a function that ends it.
 */
export function startEditor({ endpoint, token }) {
  const ask = async (query, variables) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const over = new AbortController();
  const work = (async () => {
    const found = await ask(events);
    for (let i = 0; !over.signal.aborted; i += 1) {
      await ask(change, { input: { id: found.events.nodes[0].id, classification: `talks ${i}` } });
      await sleep(300, undefined, { signal: over.signal }).catch(() => {});
    }
  })();
  // Whoever ends it hears of it.
  work.catch(() => {});
  return async () => {
    over.abort();
    await work;
  };
}
