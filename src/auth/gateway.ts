import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BREAK, type DocumentNode, type GraphQLError, visit } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { GatewayConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { userError } from '../errors.ts';

// Whether a request comes from the gateway in front. That says nothing of what may be seen: whoever asks the
// gateway has an `Authorization` of their own, which it passes on. See docs/decisions/0023-federation.md.

/** The header in which a gateway that can't sign sends the secret. */
const header = 'gateway-authorization';

/** The extension in which a gateway sends its signature. */
const extension = 'hmac-signature';

/** The fields of the root that are for gateways. */
const gatewayFields = new Set(['_entities', '_service']);

/** What a gateway shows of itself, and what it signs. */
export interface Asked {
  params?: Pick<GraphQLParams, 'query' | 'variables' | 'extensions'>;
  /** The header `Gateway-Authorization`. */
  sent: string | string[] | null | undefined;
}

/** The value of the header, over HTTP or a socket. */
export function sentBy({ request, req }: { request?: Request; req?: Pick<IncomingMessage, 'headers'> }): Asked['sent'] {
  return request?.headers.get(header) ?? req?.headers[header];
}

/**
 * Lets only the gateway ask what is for gateways, or anything at all. It looks at operations, whatever way they
 * came, and takes for the gateway's only those that it looked at.
 */
export interface GatewayGuard {
  /**
   * Whether the gateway vouches for a request, before the schema can be learned from what it says of an operation.
   * @throws {GraphQLError} GATEWAY_REQUIRED when it doesn't and should, or tries with another secret.
   */
  vouch(asked: Asked): boolean;
  /** @throws {GraphQLError} GATEWAY_REQUIRED for what is not for this request. */
  check(args: { contextValue: Pick<Context, 'isGateway'>; document: DocumentNode }): void;
}

/** The guard of a server that has a gateway; without one, whoever asks may ask what gateways do. */
export function gatewayGuard(config: GatewayConfig | undefined): GatewayGuard | undefined {
  if (!config) return undefined;
  const { secret, only } = config;
  return {
    vouch: (asked) => {
      const isGateway = vouched(secret, asked);
      if (only && !isGateway) throw refusal(only);
      return isGateway;
    },
    check: ({ contextValue, document }) => {
      if (contextValue.isGateway) return;
      if (only || isForGateways(document)) throw refusal(only);
    },
  };
}

/**
 * Whether the gateway vouches for a request: it sends the secret, or signs what it asks.
 * @throws {GraphQLError} GATEWAY_REQUIRED when it tries, and the secret is another.
 */
function vouched(secret: string, { params, sent }: Asked): boolean {
  if (sent != null) {
    if (isSame(String(sent), `Bearer ${secret}`)) return true;
    throw userError(
      'GATEWAY_REQUIRED',
      'The header `Gateway-Authorization` is not `Bearer <secret>` with this server’s secret.',
      forbidden,
    );
  }
  const signature: unknown = params?.extensions?.[extension];
  if (signature === undefined) return false;
  if (isSame(String(signature), signatureOf(secret, params))) return true;
  throw userError(
    'GATEWAY_REQUIRED',
    `The signature in the extension \`${extension}\` is not of this request by this server’s secret.`,
    forbidden,
  );
}

/** The signature of a request, as Hive Gateway makes it: HMAC-SHA256, in base64, over the query and its variables. */
function signatureOf(secret: string, { query, variables }: NonNullable<Asked['params']> = {}): string {
  const signed = { query, ...(variables && Object.keys(variables).length > 0 ? { variables } : {}) };
  return createHmac('sha256', secret).update(stable(signed)).digest('base64');
}

/** Deeper than what is ever asked, and not so deep that walking there would exhaust the stack. */
const deepest = 200;

/** A value as JSON, with the keys of its objects in order. */
function stable(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null || depth > deepest) return JSON.stringify(depth > deepest ? null : value);
  if (Array.isArray(value)) return `[${value.map((each) => stable(each, depth + 1)).join()}]`;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${stable(each, depth + 1)}`).join()}}`;
}

/** In a time that doesn't tell how much of it is right. */
function isSame(given: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(right));
}

/** Whether documents ask what is for gateways, as far as it was looked at. */
const known = new WeakMap<DocumentNode, boolean>();

function isForGateways(document: DocumentNode): boolean {
  const before = known.get(document);
  if (before !== undefined) return before;
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      if (!gatewayFields.has(name.value)) return undefined;
      found = true;
      return BREAK;
    },
  });
  known.set(document, found);
  return found;
}

const forbidden = { extensions: { http: { status: 403 } } };

function refusal(only: boolean): GraphQLError {
  return userError(
    'GATEWAY_REQUIRED',
    `${only ? 'This server answers' : '`_entities` and `_service` are answered to'} the gateway alone, which signs what it asks or sends the header \`Gateway-Authorization\`.`,
    forbidden,
  );
}
