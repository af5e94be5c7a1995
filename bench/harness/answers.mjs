import { request } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { operations } from '../operations.mjs';
import { requestOf } from './generator.mjs';

// Prepares what each server is asked, and compares what they answer.

/** Asks once; the answer with the length of its body. */
export function ask(url, body) {
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' } },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          if (response.statusCode !== 200)
            reject(new Error(`The status is ${response.statusCode}: ${bytes.toString().slice(0, 1000)}\nfor ${body.slice(0, 600)}`));
          else resolve({ content: JSON.parse(bytes.toString()), length: bytes.length });
        });
      },
    );
    asking.on('error', reject);
    asking.end(body);
  });
}

/** Whether a server takes part in an operation. */
export const takesPart = (peer, { name }) => !peer.without?.includes(name);

/**
 * Asks a server everything once.
 * @returns for each operation the requests, the lengths of the answers, and the answers in the common shape.
 */
export async function prepare(name, peer, url, pools) {
  const prepared = {};
  for (const operation of operations) {
    if (!pools[operation.name] || !takesPart(peer, operation)) continue;
    const { variables, order } = pools[operation.name];
    const document = peer.documents?.[operation.name] ?? operation.document;
    const operationName = /query (\w+)/.exec(document)[1];
    const bodyOf = (values) =>
      JSON.stringify({ query: document, operationName, variables: peer.variables?.(operation.name, values) ?? values });
    const cursors = new Map();
    const asked = async (values) => {
      const body = bodyOf(values);
      const { content, length } = await ask(url, body);
      if (content.errors || !content.data)
        throw new Error(`${name} fails in ${operation.name}: ${JSON.stringify(content).slice(0, 1000)}\nfor ${body.slice(0, 1500)}`);
      return { body, length, answer: peer.normalize ? peer.normalize(content.data, operation.name) : content.data };
    };
    /** The cursor at the end of a page: found by walking there. */
    const cursorAfter = async (page, others) => {
      if (page === 0) return null;
      const { languages: _any, ...list } = others;
      const key = JSON.stringify(list);
      if (!cursors.has(key)) cursors.set(key, [null]);
      const known = cursors.get(key);
      while (known.length <= page) {
        const { answer } = await asked({ ...others, after: known.at(-1) });
        const { hasNextPage, endCursor } = Object.values(answer)[0].pageInfo;
        if (!hasNextPage) throw new Error(`${name} has no page ${page} of ${operation.name} for ${key}.`);
        known.push(endCursor);
      }
      return known[page];
    };
    const found = [];
    for (const { after, ...others } of variables) {
      const values = Object.fromEntries(
        Object.entries(others).map(([key, value]) => [key, value?.id ? (peer.idOf?.(...value.id) ?? value.id[1]) : value]),
      );
      if (after) values.after = await cursorAfter(after.page, values);
      found.push(await asked(values));
    }
    const target = { host: url.host, path: url.pathname };
    prepared[operation.name] = {
      requests: found.map(({ body }) => requestOf(target, body)),
      lengths: found.map(({ length }) => length),
      answers: found.map(({ answer }) => withoutCursors(answer)),
      order,
    };
  }
  return prepared;
}

/** Cursors are each server's own: what counts is whether there is one. */
function withoutCursors(answer) {
  return JSON.parse(JSON.stringify(answer), (key, value) => (key === 'endCursor' ? value !== null : value));
}

const withoutExcerpts = (answer) => JSON.parse(JSON.stringify(answer), (key, value) => (key === 'highlight' ? value.length > 0 : value));

/**
 * Compares the answers of a server with those of another.
 * @throws {Error} with the first difference.
 */
export function compare(expected, found, pools) {
  for (const { name } of operations) {
    if (!expected.prepared[name] || !found.prepared[name]) continue;
    // Versions of PostgreSQL cut excerpts differently, and the embedded one is another.
    const comparable = found.embedded ? withoutExcerpts : (answer) => answer;
    expected.prepared[name].answers.forEach((exact, i) => {
      const answer = comparable(exact);
      const other = comparable(found.prepared[name].answers[i]);
      if (isDeepStrictEqual(answer, other)) return;
      const [path, one, another] = differenceOf(answer, other, 'data');
      throw new Error(
        `${expected.name} and ${found.name} answer ${name} differently, with ${JSON.stringify(pools[name].variables[i])}:\n  ${path} is ${one} and ${another}`,
      );
    });
  }
}

function differenceOf(one, other, path) {
  if (typeof one === 'object' && typeof other === 'object' && one && other) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      if (!isDeepStrictEqual(one[key], other[key]))
        return differenceOf(one[key], other[key], Array.isArray(one) ? `${path}[${key}]` : `${path}.${key}`);
    }
  }
  const show = (value) => (JSON.stringify(value) ?? 'absent').slice(0, 300);
  return [path, show(one), show(other)];
}
