import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  execute as graphqlExecute,
  type OperationDefinitionNode,
} from 'graphql';
import { type GatewayGuard, type Asked as GatewayRequest, gatewayGuard } from '../auth/gateway.ts';
import type { Config, Limits } from '../config.ts';
import type { Context } from '../context.ts';
import { onlyPersisted, type PersistedDocuments } from '../http/persisted.ts';
import { enforceOperation } from '../limits/operation.ts';
import { within } from '../limits/within.ts';
import { Documents } from './documents.ts';
import { checkParams, type Params } from './params.ts';

/**
 * Executes a valid query or mutation that may be run. What can be found out once for a document is kept by the
 * caller in a `WeakMap` by `document`, which is the same object for the same text as long as that is known.
 */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

interface Parts extends Pick<Config, 'gateway' | 'limits'> {
  schema: GraphQLSchema;
  /** What requests may name instead of sending it. */
  documents: PersistedDocuments;
  execute?: Execute | undefined;
}

/** What is asked, with the header of a gateway. */
type Request = GatewayRequest & { params: Params };

/** A document that was read, and of it what is to be run. */
export interface Read {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** What is to be known by whoever reads the record. */
  context: Pick<Context, 'isGateway'>;
}

/** What is executed. */
interface Args {
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: Record<string, unknown> | null | undefined;
  contextValue: Context;
}

/**
 * What is done with each operation, whichever way it came: the stages between its parameters and its result, in
 * their order. Yoga’s hooks call them one by one (`operationsPlugin`), the lean path one after the other (`leanPath`).
 */
export class Operations {
  readonly #schema: GraphQLSchema;
  readonly #limits: Limits;
  readonly #guard: GatewayGuard | undefined;
  readonly #persisted: PersistedDocuments;
  readonly #allowed: ReadonlySet<string>;
  readonly #documents: Documents;
  readonly #execute: Execute;

  constructor({ schema, documents, gateway, limits, execute = graphqlExecute }: Parts) {
    this.#schema = schema;
    this.#limits = limits;
    this.#guard = gatewayGuard(gateway);
    this.#persisted = documents;
    this.#allowed = new Set(documents.texts.values());
    this.#documents = new Documents(schema, limits);
    this.#execute = execute;
  }

  /** Checks the parameters, and finds the document that they name. */
  check<Given extends object>(given: Given, asked?: object): Given & Params {
    return checkParams(this.#persisted, given, asked);
  }

  /** Reads the document, if whoever sends it may have it read. */
  read(request: Request): Read {
    const { query, operationName } = request.params;
    const context = this.#guard ? { isGateway: this.#guard.vouch(request) } : {};
    // A persisted document that is sent as a text is the same document: what may be run is the question, not how it is said.
    if (this.#persisted.only && !this.#allowed.has(query)) throw onlyPersisted();
    const document = this.#documents.parse(query);
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      // Yoga's own code, and its words.
      throw new GraphQLError('Could not determine what operation to execute.', {
        extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
      });
    }
    return { document, operation, context };
  }

  validate(document: DocumentNode): readonly GraphQLError[] {
    return this.#documents.validate(document);
  }

  /** Refuses what is the gateway's to ask; that of a subscription, too. */
  guard(args: { document: DocumentNode; contextValue: Pick<Context, 'isGateway'> }): void {
    this.#guard?.check(args);
  }

  /** Executes what was validated, within the limits. */
  execute(args: Args): ExecutionResult | Promise<ExecutionResult> {
    this.guard(args);
    const { document, operationName, variableValues, contextValue } = args;
    const asked = { schema: this.#schema, document, operationName, variableValues, contextValue };
    const operation = enforceOperation(this.#limits, asked);
    const result = this.#execute(asked);
    if (!(result instanceof Promise)) return result;
    const advice =
      operation?.operation === 'mutation'
        ? 'It may be done all the same: look, or send it again with the same `idempotencyKey`.'
        : 'Ask for less, or for smaller pages.';
    return within(this.#limits.timeoutMs, advice, result);
  }
}
