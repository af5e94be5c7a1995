import { z } from 'zod';
import { getDatamodel } from '../generated/pothos-types.ts';
import { exchangeRecord } from './record.ts';

interface Definition {
  properties?: Record<string, { description?: string }>;
}

/** The native format as JSON Schema (draft 2020-12): one line of it is one value that meets this. */
export function jsonSchema(): object {
  const schema = z.toJSONSchema(exchangeRecord) as { $defs?: Record<string, Definition> };
  const { models } = getDatamodel().datamodel;
  for (const [model, { properties = {} }] of Object.entries(schema.$defs ?? {})) {
    for (const [name, property] of Object.entries(properties)) {
      // What the data model says of a column or relation of this name, if the shape says nothing of its own.
      const documentation = models[model]?.fields.find((field) => field.name === name)?.documentation;
      if (documentation) property.description ??= documentation;
    }
  }
  return { title: 'A record of Verbatim with its links: one line of the native format', ...schema };
}
