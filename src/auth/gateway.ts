import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BREAK, type DocumentNode, type GraphQLError, visit } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
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

/** What a request came with, over HTTP or a socket. */
interface Asked {
  params?: GraphQLParams;
  request?: Request;
  req?: IncomingMessage;
}

/**
 * Lets only the gateway ask what is for gateways, or anything at all. It looks at operations, whatever way they
 * came, and takes for the gateway's only those that it looked at.
 */
export function gatewayPlugin(config: GatewayConfig | undefined): Plugin<Asked & Pick<Context, 'isGateway'>> {
  if (!config) return {};
  const { secret, only } = config;
  const check = ({ contextValue, document }: { contextValue: Pick<Context, 'isGateway'>; document: DocumentNode }) => {
    if (contextValue.isGateway) return;
    if (only || isForGateways(document)) throw refusal(only);
  };
  return {
    // Before the schema can be learned from what it says of an operation.
    onParse: ({ context, extendContext }) => {
      const isGateway = vouched(secret, context);
      if (only && !isGateway) throw refusal(only);
      extendContext({ isGateway });
    },
    onExecute: ({ args }) => check(args),
    onSubscribe: ({ args }) => check(args),
  };
}

/**
 * Whether the gateway vouches for a request: it sends the secret, or signs what it asks.
 * @throws {GraphQLError} GATEWAY_REQUIRED when it tries, and the secret is another.
 */
function vouched(secret: string, { params, request, req }: Asked): boolean {
  const sent = request?.headers.get(header) ?? req?.headers[header];
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
function signatureOf(secret: string, { query, variables }: GraphQLParams = {}): string {
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

function isForGateways(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      if (!gatewayFields.has(name.value)) return undefined;
      found = true;
      return BREAK;
    },
  });
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
