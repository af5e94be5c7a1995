import { BrokenRule } from '../record/rule.ts';
import { type InputField, type InputFields, inputType, nested, reference } from './input.ts';

// Inputs that several nouns have in common.

/** An input type under a name, with the way it is read: a text in several languages. */
const LocalizedTextInput = inputType('LocalizedTextInput', 'A text in one language.', {
  language: { type: 'Language', required: true, description: 'The language of the text.' },
  text: { type: 'String', required: true, description: 'The text.' },
});

/** A text in several languages; what is given replaces the text in all of them. */
export function localizedInput(description: string): InputField {
  return {
    type: [LocalizedTextInput],
    description: `${description} One text for each language; they replace all that were there.`,
    read: (value, _write, path) => {
      const texts = new Map<string, string>();
      for (const [i, { language, text }] of (value as { language: string; text: string }[]).entries()) {
        if (texts.has(language)) throw new BrokenRule('INVALID_VALUE', `There are two texts in ${language}.`, [...path, i, 'language']);
        if (text.trim() === '') throw new BrokenRule('REQUIRED', 'The text is empty.', [...path, i, 'text']);
        texts.set(language, text);
      }
      return Object.fromEntries(texts);
    },
  };
}

const actorEnds: InputFields = {
  person: reference('Person', 'A person.', 'person'),
  organization: reference('Organization', 'An organization.', 'organization'),
};
const ActorRef = inputType('ActorRef', 'Names a person or an organization.', actorEnds, true);

/** A person or an organization, by a reference. */
export const actorInput = (description: string): InputField => nested(ActorRef, actorEnds, description);

/** Several of them, in their order. */
export const actorsInput = (description: string): InputField => nested([ActorRef], actorEnds, description);
