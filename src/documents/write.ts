import { createHash } from 'node:crypto';
import type { DocumentKind } from '../generated/prisma/enums.ts';
import { type IdentifierInput, identifiers } from '../names/write.ts';
import { difference } from '../record/difference.ts';
import { keepPublished } from '../record/publish.ts';
import { BrokenRule } from '../record/rule.ts';
import {
  type ActorInput,
  actor,
  type Changes,
  changed,
  dated,
  language,
  type Optional,
  type RecordInput,
  type Transaction,
} from '../record/values.ts';
import { moveSpans } from './write-spans.ts';

interface DocumentFields {
  url?: Optional<string>;
  title?: Optional<string>;
  /** BCP 47. */
  language?: Optional<string>;
  kind?: Optional<DocumentKind>;
  /** UUID of an organization. */
  publisherId?: Optional<string>;
  /** EDTF. */
  publishedAt?: Optional<string>;
  /** The full text, when the record may keep it. */
  text?: Optional<string>;
  archivedUrl?: Optional<string>;
  /** UUID of a document. */
  derivedFromId?: Optional<string>;
}

export interface DocumentInput extends RecordInput, DocumentFields {
  /** In the order of the byline. */
  authors?: readonly ActorInput[];
  identifiers?: readonly IdentifierInput[];
}

/**
 * Adds a document.
 * @throws {BrokenRule}
 */
export async function createDocument(tx: Transaction, { authors, ...input }: DocumentInput): Promise<string> {
  const { id } = await tx.document.create({
    select: { id: true },
    data: {
      ...input,
      ...documentColumns(input),
      authors: { create: authors?.map(author) ?? [] },
      identifiers: identifiers(input.identifiers),
    },
  });
  return id;
}

/**
 * @param changes `authors` replaces the whole byline.
 * @param lost as for `moveSpans`.
 * @throws {BrokenRule} also when a span would no longer stand in the text.
 */
export async function updateDocument(
  tx: Transaction,
  id: string,
  { authors, ...changes }: Changes<DocumentFields> & { authors?: readonly ActorInput[] | null },
  lost?: string[],
): Promise<void> {
  const current = await tx.document.findUniqueOrThrow({ where: { id }, select: fields });
  const data = documentColumns(changed<DocumentFields>(current, changes));
  await tx.document.update({ select: { id: true }, where: { id }, data });
  if (data.text !== current.text) await moveSpans(tx, id, data.text, current.text ?? null, lost);
  if (authors !== undefined) await updateAuthors(tx, id, authors ?? []);
  await keepPublished(tx, 'Document', id);
}

/** Makes these the whole byline; who stays at the same place in it keeps the row. */
async function updateAuthors(tx: Transaction, documentId: string, authors: readonly ActorInput[]): Promise<void> {
  const select = { id: true, personId: true, organizationId: true, position: true } as const;
  const current = await tx.documentAuthor.findMany({ where: { documentId }, select });
  const { dropped, added } = difference(current, authors.map(author));
  if (dropped.length > 0) await tx.documentAuthor.deleteMany({ where: { id: { in: dropped } } });
  for (const row of added) await tx.documentAuthor.create({ select: { id: true }, data: { documentId, ...row } });
}

const fields = {
  url: true,
  title: true,
  language: true,
  kind: true,
  publisherId: true,
  publishedAt: true,
  text: true,
  archivedUrl: true,
  derivedFromId: true,
} as const;

export const author = (input: ActorInput, position: number) => ({ ...actor(input), position });

export function documentColumns(input: DocumentFields) {
  if (input.url == null && input.title == null) {
    throw new BrokenRule('REQUIRED', 'Give a title or a URL; a document is known by either.', ['title']);
  }
  return {
    url: webAddress(input.url, 'url'),
    title: input.title ?? null,
    language: language(input.language, 'language'),
    kind: input.kind ?? null,
    publisherId: input.publisherId ?? null,
    ...dated('publishedAt', 'published', input.publishedAt),
    text: input.text ?? null,
    sha256: input.text == null ? null : createHash('sha256').update(input.text).digest('hex'),
    archivedUrl: webAddress(input.archivedUrl, 'archivedUrl'),
    derivedFromId: input.derivedFromId ?? null,
  };
}

/** Frontends make links of it: other schemes, such as `javascript:`, would run there. */
function webAddress(url: Optional<string>, path: string): string | null {
  if (url == null) return null;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new BrokenRule('INVALID_VALUE', `“${url.slice(0, 80)}” is not a web address. Write it like https://example.org/article.`, [path]);
  }
  return url;
}
