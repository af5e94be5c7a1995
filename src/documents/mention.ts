import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { connectionOf, relationConnection } from '../graph/connection.ts';
import { endsField } from '../graph/ends.ts';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import { refOf } from '../graph/noun.ts';
import type { PageArgs } from '../graph/page.ts';
import { Subject, subjectEnds } from '../graph/subject.ts';

builder.prismaObject('Mention', {
  select: { id: true },
  fields: (t) => ({
    subject: endsField(t, { type: Subject, ends: subjectEnds, description: 'What the document speaks of.' }),
  }),
});

const MentionConnection = connectionOf(refOf('Mention'), 'Mention', 'what a document speaks of');

export function mentionsField(t: AnyFields) {
  return t.field({
    type: MentionConnection,
    description: 'Whom and what it speaks of, each once: by the statements printed in it and the facts that it is cited for.',
    args: t.arg.connectionArgs(),
    ...relationConnection<PageArgs>({
      relation: 'mentions',
      model: 'Mention',
      node: 'Mention',
      where: (_args, { viewer }) => ({ OR: Object.keys(subjectEnds).map((relation) => ({ [relation]: visible(viewer) })) }),
      orderBy: () => [],
    }),
  } as never) as AnyField;
}
