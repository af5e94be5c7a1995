import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { may, type Viewer } from '../auth/viewer.ts';
import type { Limits } from '../config.ts';
import { userError } from '../errors.ts';
import { badRequest } from '../http/errors.ts';
import { readParams } from '../operation/params.ts';

/** How many bytes a request's body may have: those who may import bring more along. */
export function bodyLimit(limits: Limits, viewer: Viewer): number {
  return may(viewer, 'EDIT') ? Math.max(limits.bodyBytes, limits.importBytes) : limits.bodyBytes;
}

/** Reads what is posted, and refuses bodies that are too large for whoever sends them, as soon as that shows. */
export function bodyPlugin(limits: Limits): Plugin<object, { viewer: Viewer }> {
  return {
    onRequestParse: ({ request, serverContext, requestParser, setRequestParser }) => {
      const limit = bodyLimit(limits, serverContext.viewer);
      checkLength(limit, request.headers.get('content-length'));
      if (!requestParser || !request.body) return;
      setRequestParser(async ({ body }) => readParams(await readStream(limit, body)));
    },
  };
}

/**
 * Reads the body of a request that Node has not read yet. One whose sender leaves is never read.
 * @throws {GraphQLError} BODY_TOO_LARGE.
 */
export async function readBody(limit: number, request: IncomingMessage): Promise<string> {
  checkLength(limit, request.headers['content-length']);
  return new Promise((resolve, reject) => {
    const body = new Body(limit);
    request.on('data', (chunk: Buffer) => {
      try {
        body.add(chunk);
      } catch (error) {
        // The rest is let pass, so that the answer is read.
        request.removeAllListeners('data').resume();
        reject(error);
      }
    });
    request.on('end', () => resolve(body.text()));
  });
}

async function readStream(limit: number, stream: Request['body']): Promise<string> {
  const read = new Body(limit);
  const reader = stream?.getReader();
  for (;;) {
    // What is left when it is too large is let pass by Node.
    const next = await reader?.read().catch(() => {
      throw badRequest('The request ended before its body did.', 400);
    });
    if (!next || next.done) return read.text();
    read.add(next.value);
  }
}

/** A body as it comes. What its header says of its length need not be so, and one in chunks has none. */
class Body {
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength;
    if (this.#bytes > this.#limit) throw tooLarge(this.#limit);
    this.#chunks.push(chunk);
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

function checkLength(limit: number, length: string | null | undefined): void {
  const said = Number(length);
  if (said > limit) throw tooLarge(limit, said);
}

function tooLarge(limit: number, found?: number): GraphQLError {
  return userError(
    'BODY_TOO_LARGE',
    `The request’s body has ${found ?? `more than ${limit}`} bytes; up to ${limit} are allowed. Ask in several requests.`,
    { extensions: { limit, ...(found ? { found } : {}), http: { status: 413 } } },
  );
}
