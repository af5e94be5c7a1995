import { builder } from '../builder.ts';
import { SpanKind as kinds } from '../generated/prisma/enums.ts';
import type { AnyField, AnyFields, Row } from '../graph/fields.ts';
import { refOf } from '../graph/noun.ts';

const SpanKind = builder.enumType('SpanKind', {
  description: 'What a stretch of text is: a part of an attribution, after PARC, or evidence.',
  values: {
    [kinds.CONTENT]: { description: 'What was said.' },
    [kinds.CUE]: { description: 'The words that mark it as said, such as “announced” or “according to”.' },
    [kinds.SOURCE]: { description: 'The words that name who said it.' },
    [kinds.EVIDENCE]: { description: 'The words that a citation points at.' },
  },
});

builder.prismaObject('Span', {
  select: { id: true },
  fields: (t) => ({
    kind: t.expose('kind', { type: SpanKind }),
    start: t.exposeInt('start', { nullable: true }),
    end: t.exposeInt('end', { nullable: true }),
    exact: t.exposeString('exact'),
    prefix: t.exposeString('prefix', { nullable: true }),
    suffix: t.exposeString('suffix', { nullable: true }),
    isChecked: t.boolean({
      description:
        'Whether the exact text was found at this place of the document’s text. It could not be looked up when the record may not keep the text.',
      select: { start: true },
      resolve: ({ start }) => start !== null,
    }),
  }),
});

/** The spans of one kind. An attribution may be discontinuous, so there may be several. */
export function spansField(t: AnyFields, kind: keyof typeof kinds, description: string) {
  return t.field({
    type: [refOf('Span')],
    description,
    // One relation for all kinds: three with a condition each would be three statements.
    select: (_args: object, _context: object, nested: (query: object) => object) => ({
      spans: nested({ select: { kind: true }, orderBy: [{ kind: 'asc' }, { position: 'asc' }] }),
    }),
    resolve: ({ spans }: Row) => (spans as { kind: string }[]).filter((span) => span.kind === kind),
  } as never) as AnyField;
}
