import { request } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { RunningServer } from './start.ts';

// Requests to the letter, and all that is answered: for comparing two ways to the same answer.

/** A request as it is sent. */
export interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** The body; in pieces, it is sent in chunks and without a length. */
  body?: string | Buffer | readonly (string | Buffer)[];
}

/** What was answered, without what differs each time. */
export interface Got {
  status: number | undefined;
  headers: Record<string, unknown>;
  text: string;
}

const decoders: Record<string, (bytes: Buffer) => Buffer> = { br: brotliDecompressSync, gzip: gunzipSync, deflate: inflateSync };
const json = { 'content-type': 'application/json' };

export function exchange({ origin }: RunningServer, { method = 'POST', path = '/graphql', headers = json, body }: Sent): Promise<Got> {
  return new Promise((resolve, reject) => {
    const pieces = body === undefined ? [] : typeof body === 'string' || Buffer.isBuffer(body) ? [body] : body;
    const length = Array.isArray(body) ? {} : { 'content-length': String(Buffer.byteLength(pieces[0] ?? '')) };
    const outgoing = request(`${origin}${path}`, { method, headers: { ...length, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { date: _date, 'x-request-id': requestId, ...others } = response.headers;
        const decode = decoders[String(others['content-encoding'])] ?? ((bytes) => bytes);
        const text = withoutIds(decode(Buffer.concat(chunks)).toString());
        resolve({ status: response.statusCode, headers: { ...others, identified: typeof requestId === 'string' }, text });
      });
    });
    outgoing.on('error', reject);
    for (const piece of pieces) outgoing.write(piece);
    outgoing.end();
  });
}

/** Sends bytes on one connection, and gives all that comes back until it is closed, with the lines in an order. */
export function converse({ origin }: RunningServer, bytes: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => socket.write(bytes));
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const lines = withoutIds(received).split(/\r?\n/);
      // The names of headers are in any case.
      const named = lines.map((line) => line.replace(/^[\w-]+:/, (name) => name.toLowerCase()));
      resolve(named.filter((line) => !line.startsWith('date:')).sort());
    });
  });
}

const withoutIds = (text: string) => text.replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>');
