import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import type { Limits } from '../config.ts';
import { countTokens, enforce } from '../limits/limits.ts';

/** How much is kept of what was asked before. */
export interface Bounds {
  documents: number;
  /** Of the texts and, by a reckoning, of what was made of them. */
  bytes: number;
}

const standard: Bounds = { documents: 1_000, bytes: 16 * 1024 * 1024 };

/** What a token becomes: measured, with the positions that errors tell of. */
const bytesOfToken = 500;

/** As GraphQL over HTTP has it, the status is 200 for clients that take application/json alone. */
const unfit = { spec: true, status: 400 };

/** Documents by their texts, and the bytes that they take. */
interface Generation {
  documents: Map<string, DocumentNode>;
  bytes: number;
}

const nothing = (): Generation => ({ documents: new Map(), bytes: 0 });

/**
 * Reads documents, and keeps those that are valid. The same text gives the same document for as long as it is kept,
 * so whatever is found out about a document alone can be kept in a `WeakMap` by it.
 *
 * Two generations: what was not asked for while one filled is forgotten with the older. So looking one up writes nothing.
 */
export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #limits: Pick<Limits, 'tokens'>;
  readonly #bounds: Bounds;
  readonly #valid = new WeakSet<DocumentNode>();
  /** The texts of documents that may be kept yet, and their bytes. */
  readonly #read = new WeakMap<DocumentNode, { text: string; bytes: number }>();
  #young = nothing();
  #old = nothing();

  constructor(schema: GraphQLSchema, limits: Pick<Limits, 'tokens'>, bounds: Bounds = standard) {
    this.#schema = schema;
    this.#limits = limits;
    this.#bounds = bounds;
  }

  /** What is kept now. */
  get kept(): Bounds {
    const both = [this.#young, this.#old];
    const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
    return { documents: sum(both.map(({ documents }) => documents.size)), bytes: sum(both.map(({ bytes }) => bytes)) };
  }

  /** @throws {GraphQLError} TOO_MANY_TOKENS or GRAPHQL_PARSE_FAILED. */
  parse(text: string): DocumentNode {
    const young = this.#young.documents.get(text);
    if (young) return young;
    const old = this.#old.documents.get(text);
    if (old) {
      this.#forgetOld(text, old);
      this.#keep(old);
      return old;
    }
    const tokens = countTokens(text);
    enforce(this.#limits, 'tokens', tokens);
    const document = parsed(text);
    this.#read.set(document, { text, bytes: 2 * text.length + tokens * bytesOfToken });
    return document;
  }

  /** What is wrong with a document that `parse` gave. It is kept when that is nothing. */
  validate(document: DocumentNode): readonly GraphQLError[] {
    if (this.#valid.has(document)) return [];
    const errors = validate(this.#schema, document);
    // Some that a scalar refused say better what is wrong.
    for (const { extensions } of errors)
      Object.assign(extensions, { code: 'GRAPHQL_VALIDATION_FAILED', ...extensions, http: { ...unfit, ...extensions?.http } });
    if (errors.length === 0) {
      this.#valid.add(document);
      this.#keep(document);
    }
    return errors;
  }

  #keep(document: DocumentNode): void {
    const { text, bytes } = this.#read.get(document) ?? {};
    // Half of it for each generation.
    const most = { documents: this.#bounds.documents / 2, bytes: this.#bounds.bytes / 2 };
    if (text === undefined || bytes === undefined || bytes > most.bytes || this.#young.documents.has(text)) return;
    if (this.#young.documents.size + 1 > most.documents || this.#young.bytes + bytes > most.bytes) {
      this.#old = this.#young;
      this.#young = nothing();
    }
    this.#young.documents.set(text, document);
    this.#young.bytes += bytes;
  }

  #forgetOld(text: string, document: DocumentNode): void {
    this.#old.documents.delete(text);
    this.#old.bytes -= this.#read.get(document)?.bytes ?? 0;
  }
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) Object.assign(error.extensions, { code: 'GRAPHQL_PARSE_FAILED', http: unfit });
    throw error;
  }
}
