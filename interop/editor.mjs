import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Somebody who changes an event again and again, so that whoever follows the record has something to be told of.
 * @param {{ endpoint: string, token: string }} server
 * @returns a function that ends it.
 */
export function startEditor({ endpoint, token }) {
  const ask = async (query) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const over = new AbortController();
  const work = (async () => {
    const { events } = await ask('{ events(first: 1) { nodes { id } } }');
    for (let i = 0; !over.signal.aborted; i += 1) {
      await ask(`mutation { updateEvent(input: { id: "${events.nodes[0].id}", classification: "talks ${i}" }) { errors { message } } }`);
      await sleep(300, undefined, { signal: over.signal }).catch(() => {});
    }
  })();
  return async () => {
    over.abort();
    await work;
  };
}
