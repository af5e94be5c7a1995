/**
 * The `Authorization` that a client gives when it opens a connection, since a browser can't give a WebSocket
 * headers: its name in any case, by itself or among `headers`. Undefined when it gives none.
 */
export function authorizationOf(given: Record<string, unknown> | undefined): string | undefined {
  const { headers } = given ?? {};
  const own = authorizationIn(given ?? {}) ?? (isObject(headers) ? authorizationIn(headers) : undefined);
  // What is no text can’t be a token: it is looked at, and refused.
  return own === undefined || own === null ? undefined : String(own);
}

function authorizationIn(params: Record<string, unknown>): unknown {
  return Object.entries(params).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
