import { readFile } from 'node:fs/promises';
import { type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { z } from 'zod';
import type { Config, Limits } from '../config.ts';
import { countTokens, enforce } from '../limits/limits.ts';
import { enforceOperation } from '../limits/operation.ts';
import { Refusal } from '../refusal.ts';
import { hashIn, hashOf, names, noDocuments, type PersistedDocuments } from './persisted.ts';

/** How many wrong documents a refusal tells of. */
const told = 5;

const file = z.record(z.string(), z.string());

/**
 * Reads the persisted documents, as the client preset of GraphQL Code Generator or Relay's compiler writes them.
 * Each is checked, so that what can't be asked shows when the server starts and not when it is asked.
 * @throws {Refusal} naming what is wrong.
 */
export async function readPersistedDocuments(
  {
    persistedDocuments: path,
    persistedDocumentsOnly: only,
    limits,
  }: Pick<Config, 'persistedDocuments' | 'persistedDocumentsOnly' | 'limits'>,
  schema: GraphQLSchema,
): Promise<PersistedDocuments> {
  if (path === undefined) return noDocuments;
  const documents = Object.entries(await readDocuments(path));
  const mistakes = documents.flatMap(([name, text]) => {
    const mistake = mistakeIn(name, text, schema, limits);
    return mistake === undefined ? [] : [`${name}: ${mistake}`];
  });
  if (mistakes.length > 0) {
    const more = mistakes.length > told ? ` And ${mistakes.length - told} more.` : '';
    throw new Refusal(
      `PERSISTED_DOCUMENTS: of the ${documents.length} documents in ${path}, ${mistakes.length} can’t be taken. ${mistakes.slice(0, told).join(' ')}${more}`,
    );
  }
  // Whatever the file's hash, a client may name a document by its SHA-256, in either way to write it.
  const byName = documents.flatMap(([name, text]) => {
    const sha256 = hashOf(text, 'sha256');
    return [name, sha256, `sha256:${sha256}`].map((each) => [each, text] as const);
  });
  return { texts: new Map(byName), only };
}

async function readDocuments(path: string): Promise<Record<string, string>> {
  try {
    return file.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const reason =
      error instanceof SyntaxError
        ? 'is not JSON'
        : error instanceof z.ZodError
          ? 'is not an object that has the text of each document by its hash'
          : `can’t be read: ${error instanceof Error ? error.message : error}`;
    throw new Refusal(`PERSISTED_DOCUMENTS: ${path} ${reason}.`);
  }
}

function mistakeIn(name: string, text: string, schema: GraphQLSchema, limits: Limits): string | undefined {
  if (!hashIn(name)) return 'This is not an MD5, SHA-1 or SHA-256 hash in lower-case hexadecimal digits.';
  if (!names(name, text)) return 'The text has another hash; was it changed?';
  try {
    enforce(limits, 'tokens', countTokens(text));
    const document = parse(text);
    const [unfit] = validate(schema, document);
    if (unfit) return unfit.message;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION)
        enforceOperation(limits, { schema, document, operationName: definition.name?.value });
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
  }
}
