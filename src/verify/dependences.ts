import { partModels, recordModels, referencesOf } from '../graph/model.ts';
import { dependencesOf } from '../record/needs.ts';
import { countOf, sqlCheck } from './check.ts';

// What records say of one another.

const all = [...recordModels, ...partModels].flatMap((model) => referencesOf(model).map((reference) => ({ model, ...reference })));

/** Every reference leads to a row; the database sees to that, unless it is told not to. */
export const references = sqlCheck(
  (count) => `${count} references lead to what is there.`,
  all.map(({ model, column }) => `SELECT count("${column}") FROM "${model}"`),
  all.map(
    ({ model, column, to }) =>
      `SELECT '${model}' AS "model", r.id::text, 'Its ${column} names the ${to} ' || r."${column}" || ', which is not there.' AS "problem"
       FROM "${model}" AS r WHERE r."${column}" IS NOT NULL AND NOT EXISTS (SELECT FROM "${to}" AS t WHERE t.id = r."${column}") ORDER BY r.id`,
  ),
);

/** What is published depends on no draft. */
export const dependences = sqlCheck(
  (count) => `${count} published records depend on no draft.`,
  recordModels.map((model) => countOf(model, `"status" = 'PUBLISHED'`)),
  recordModels.flatMap((model) =>
    dependencesOf(model).map(({ part, column, relation, to }) => {
      const from = part ? `"${model}" AS r JOIN "${part.model}" AS p ON p."${part.column}" = r.id` : `"${model}" AS r`;
      return `SELECT '${model}' AS "model", r.id::text, 'It is published, and depends on a draft by its ${relation}: the ${to} ' || t.id || '.' AS "problem"
        FROM ${from} JOIN "${to}" AS t ON t.id = ${part ? 'p' : 'r'}."${column}" AND t."status" = 'DRAFT' AND t.id <> r.id
        WHERE r."status" = 'PUBLISHED' ORDER BY r.id, t.id`;
    }),
  ),
);

const mergeable = recordModels.filter((model) => referencesOf(model).some(({ relation }) => relation === 'mergedInto'));

/** A merged record leads to one that is not, and nothing refers to it but what had to stay with it. */
export const merged = sqlCheck(
  (count) => `${count} merged records lead to others, with all that refers to them.`,
  mergeable.map((model) => countOf(model, '"mergedIntoId" IS NOT NULL')),
  [
    ...mergeable.map(
      (model) =>
        `WITH RECURSIVE leads AS (
           SELECT id, "mergedIntoId" AS "to" FROM "${model}" WHERE "mergedIntoId" IS NOT NULL
           UNION SELECT l.id, m."mergedIntoId" FROM leads AS l JOIN "${model}" AS m ON m.id = l."to" WHERE m."mergedIntoId" IS NOT NULL
         ) SELECT '${model}' AS "model", id::text, 'It was merged into itself, perhaps through others.' AS "problem" FROM leads WHERE id = "to" ORDER BY id`,
    ),
    ...all
      .filter(({ to, relation }) => mergeable.includes(to) && relation !== 'mergedInto')
      .map(
        ({ model, column, to }) =>
          `SELECT '${model}' AS "model", r.id::text, 'Its ${column} names the ${to} ' || t.id || ', which was merged into another.' AS "problem"
           FROM "${to}" AS t JOIN "${model}" AS r ON r."${column}" = t.id
           WHERE t."mergedIntoId" IS NOT NULL AND NOT EXISTS (
             SELECT FROM "Merge" AS m WHERE m."duplicateId" = t.id AND m."undoneAt" IS NULL
               AND m."stayed" @> jsonb_build_array(jsonb_build_object('model', '${model}', 'id', r.id)))
           ORDER BY r.id`,
      ),
  ],
);
