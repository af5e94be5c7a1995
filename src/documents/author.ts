import { visibleActor } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { Actor } from '../graph/actor.ts';
import { connectionOf, relationConnection } from '../graph/connection.ts';
import { actor, actorEnds, endsField } from '../graph/ends.ts';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import { defineFilter, listFilter } from '../graph/filter.ts';
import { refOf } from '../graph/noun.ts';
import type { PageArgs } from '../graph/page.ts';

builder.prismaObject('DocumentAuthor', {
  select: { id: true },
  fields: (t) => ({
    author: endsField(t, { type: Actor, ends: actorEnds, description: 'The author.' }),
    position: t.exposeInt('position'),
  }),
});

const AuthorConnection = connectionOf(refOf('DocumentAuthor'), 'DocumentAuthor', 'authors');

export function authorsField(t: AnyFields) {
  return t.field({
    type: AuthorConnection,
    description: 'Who wrote it, in the order of the byline.',
    args: t.arg.connectionArgs(),
    ...relationConnection<PageArgs>({
      relation: 'authors',
      model: 'DocumentAuthor',
      node: 'DocumentAuthor',
      where: (_args, { viewer }) => visibleActor(viewer),
      orderBy: () => [{ path: ['position'], direction: 'asc' }],
    }),
  } as never) as AnyField;
}

const authorFilter = defineFilter('DocumentAuthor', 'Which authors are meant.', () => ({
  author: actor(actorEnds, 'The author.'),
}));
const authorList = listFilter('DocumentAuthor', 'authors', { filter: authorFilter, visible: ({ viewer }) => visibleActor(viewer) });

/** A filter field for the authors of a document. */
export const authorsFilter = () => authorList('authors', 'Who wrote it.');
