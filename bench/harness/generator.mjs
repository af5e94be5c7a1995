import { connect } from 'node:net';

// Makes load: some connections, each of which sends its next request when it has its answer. It reads no more of
// an answer than its status and its length, and compares both with what is expected, so it costs some
// microseconds a request, and the same for every server.

/** The bytes of a request. */
export function requestOf({ host, path }, body) {
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/**
 * Asks for a time.
 * @param {{ hostname: string, port: number }} address
 * @param {{ requests: readonly Buffer[], lengths?: readonly number[], order: readonly number[] }} work the requests, the
 *   lengths of their answers, and in which order to ask.
 * @returns {Promise<{ answers: number, seconds: number, latencies: Float64Array }>} latencies in milliseconds, the smallest
 *   first, without each connection's first: Node accepts one connection in each turn of its loop, so that one would
 *   measure how long all of them take to be accepted.
 */
export async function makeLoad(address, { requests, lengths, order }, { connections, seconds }) {
  const latencies = [];
  let answers = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, (_, i) => {
      // Each begins somewhere else, so that they don't ask the same at the same time.
      let at = Math.floor((order.length * i) / connections);
      let isFirst = true;
      return converse(address, () => {
        const now = performance.now();
        if (now >= end) return undefined;
        const which = order[at % order.length];
        at += 1;
        return {
          bytes: requests[which],
          done: (status, length) => {
            answers += 1;
            if (!isFirst) latencies.push(performance.now() - now);
            isFirst = false;
            if (status !== 200) throw new Error(`An answer has the status ${status}.`);
            if (lengths && length !== lengths[which]) {
              throw new Error(`An answer has ${length} bytes and not ${lengths[which]}.`);
            }
          },
        };
      });
    }),
  );
  return { answers, seconds: (performance.now() - started) / 1000, latencies: Float64Array.from(latencies).sort() };
}

/** One connection: sends what `next` gives until it gives nothing. */
function converse({ hostname, port }, next) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port, noDelay: true });
    let current;
    let head = '';
    let left = -1;
    let length = 0;
    let status = 0;
    let chunked;
    const fail = (error) => {
      socket.destroy();
      reject(error);
    };
    const send = () => {
      current = next();
      if (!current) {
        socket.end();
        resolve();
        return;
      }
      [head, left, length, chunked] = ['', -1, 0, undefined];
      socket.write(current.bytes);
    };
    const finish = () => {
      try {
        current.done(status, length);
        send();
      } catch (error) {
        fail(error);
      }
    };
    socket.on('connect', send);
    socket.on('data', (data) => {
      let body = data;
      if (left < 0 && !chunked) {
        const text = head === '' ? data : Buffer.concat([Buffer.from(head, 'latin1'), data]);
        const split = text.indexOf('\r\n\r\n');
        if (split < 0) {
          head = text.toString('latin1');
          return;
        }
        const headers = text.latin1Slice(0, split);
        status = Number(headers.slice(9, 12));
        const declared = /\r\ncontent-length: *(\d+)/i.exec(headers);
        if (declared) left = Number(declared[1]);
        else chunked = { size: -1, line: '' };
        body = text.subarray(split + 4);
      }
      if (chunked) {
        if (readChunks(body)) finish();
        return;
      }
      length += body.length;
      left -= body.length;
      if (left === 0) finish();
    });
    socket.on('error', fail);
    socket.on('close', () => reject(new Error('The server closed a connection.')));

    /** Counts the bytes of a body in chunks; whether it has ended. */
    function readChunks(data) {
      for (let at = 0; at < data.length; ) {
        if (chunked.size < 0) {
          const newline = data.indexOf(10, at);
          chunked.line += data.latin1Slice(at, newline < 0 ? data.length : newline + 1);
          if (newline < 0) return false;
          at = newline + 1;
          const line = chunked.line.trim();
          chunked.line = '';
          if (line === '') {
            if (chunked.last) return true;
          } else {
            chunked.size = Number.parseInt(line, 16);
            if (chunked.size === 0) [chunked.last, chunked.size] = [true, -1];
          }
        } else {
          const taken = Math.min(chunked.size, data.length - at);
          length += taken;
          chunked.size -= taken;
          at += taken;
          if (chunked.size === 0) chunked.size = -1;
        }
      }
      return false;
    }
  });
}
