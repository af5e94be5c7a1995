import { builder } from '../builder.ts';
import { identifierFields, wikidataDescription } from '../names/identifier.ts';
import { namesField } from '../names/name.ts';
import { type AnyFields, listField, listSignature, textField } from './fields.ts';
import { LocalizedText, languagesArg, localizedField } from './localized.ts';

interface ActorColumns {
  id: string;
  name: string;
}

const lists = {
  memberships: { relation: 'memberships', of: 'Membership', description: 'The places that it holds, or held, in organizations.' },
  participations: { relation: 'participations', of: 'Participation', description: 'The parts that it took in events.' },
  statements: { relation: 'statements', of: 'Statement', description: 'The statements that it made.' },
  addressedStatements: { relation: 'addressed', of: 'Statement', description: 'The statements that were made to it.' },
  reviews: { relation: 'reviews', of: 'Review', description: 'What it found of statements in fact checks.' },
  documents: { relation: 'authorships', through: 'document', of: 'Document', description: 'The documents that it wrote.' },
};

const summary = 'Who this is, in a sentence or two.';

/** A person or an organization: whoever speaks, takes part or is a member. */
export const Actor = builder.interfaceRef<ActorColumns>('Actor').implement({
  description: 'A person or an organization: whoever speaks, takes part in events and is a member of organizations.',
  fields: (t) => ({
    id: t.id({ description: 'The id of this record.' }),
    name: t.exposeString('name', { description: 'The name that this person or organization is best known by.' }),
    wikidataId: t.string({ nullable: true, description: wikidataDescription, resolve: () => null }),
    summary: t.field({
      type: LocalizedText,
      nullable: true,
      description: summary,
      args: { languages: t.arg(languagesArg) },
      resolve: () => null,
    }),
    ...Object.fromEntries(Object.entries(lists).map(([name, { of, description }]) => [name, listSignature(t, of, description)])),
  }),
});

/** The fields of a type that is an `Actor`. */
export function actorFields(t: AnyFields, model: string) {
  return {
    name: textField(t, model, 'name'),
    names: namesField(t),
    ...identifierFields(t),
    summary: localizedField(t, 'summary', summary),
    ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, listField(t, model, list)])),
  };
}
