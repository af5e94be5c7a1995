import { builder } from '../builder.ts';
import { type AnyFields, listField, listSignature } from './fields.ts';

const statementsAbout = 'The statements that are about it.';
const mentionedIn = 'The documents that speak of it: by a statement printed in them, or by a fact that they are cited for.';

/** What a statement can be about, and a document can mention. */
export const Subject = builder.interfaceRef<{ id: string }>('Subject').implement({
  description: 'What a statement can be about and a document can mention: an event, a person, an organization or a place.',
  fields: (t) => ({
    id: t.id({ description: 'The id of this record.' }),
    statementsAbout: listSignature(t, 'Statement', statementsAbout),
    mentionedIn: listSignature(t, 'Document', mentionedIn),
  }),
});

/** The fields of a type that is a `Subject`. */
export function subjectFields(t: AnyFields, model: string) {
  return {
    statementsAbout: listField(t, model, {
      relation: 'topics',
      through: 'statement',
      kept: { earliest: 'statementEarliest', id: 'statementId' },
      of: 'Statement',
      description: statementsAbout,
    }),
    mentionedIn: listField(t, model, { relation: 'mentions', through: 'document', of: 'Document', description: mentionedIn }),
  };
}

/** The relations of a link that leads to a subject. */
export const subjectEnds = { event: 'Event', person: 'Person', organization: 'Organization', place: 'Place' };
