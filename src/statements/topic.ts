import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { connectionOf, relationConnection } from '../graph/connection.ts';
import { endsField } from '../graph/ends.ts';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import { defineFilter, listFilter, one } from '../graph/filter.ts';
import { nounOf, refOf } from '../graph/noun.ts';
import type { PageArgs } from '../graph/page.ts';
import { Subject, subjectEnds } from '../graph/subject.ts';

builder.prismaObject('StatementTopic', {
  select: { id: true },
  fields: (t) => ({
    subject: endsField(t, { type: Subject, ends: subjectEnds, description: 'What the statement is about.' }),
  }),
});

const TopicConnection = connectionOf(refOf('StatementTopic'), 'StatementTopic', 'what a statement is about');

const visibleTopic = ({ viewer }: Context) => ({ OR: Object.keys(subjectEnds).map((relation) => ({ [relation]: visible(viewer) })) });

export function aboutField(t: AnyFields) {
  return t.field({
    type: TopicConnection,
    description: 'What it is about: events, people, organizations, places, as they were added.',
    args: t.arg.connectionArgs(),
    ...relationConnection<PageArgs>({
      relation: 'topics',
      model: 'StatementTopic',
      node: 'StatementTopic',
      where: (_args, context) => visibleTopic(context),
      orderBy: () => [],
    }),
  } as never) as AnyField;
}

const topicFilter = defineFilter('StatementTopic', 'Which subjects are meant.', () => ({
  event: one('event', nounOf('Event'), 'It is an event that meets this.'),
  person: one('person', nounOf('Person'), 'It is a person who meets this.'),
  organization: one('organization', nounOf('Organization'), 'It is an organization that meets this.'),
  place: one('place', nounOf('Place'), 'It is a place that meets this.'),
}));
const topicList = listFilter('StatementTopic', 'subjects', { filter: topicFilter, visible: visibleTopic });

/** A filter field for what a statement is about. */
export const topics = () => topicList('topics', 'What it is about.');
