import { type Check, countOf, sqlCheck } from './check.ts';

// Nothing lies below itself, or is taken from itself.

const hierarchies = [
  { model: 'Organization', column: 'parentId', keeps: true },
  { model: 'Place', column: 'parentId', keeps: true },
  { model: 'Event', column: 'parentId', keeps: true },
  { model: 'Document', column: 'derivedFromId', keeps: false },
  { model: 'Appearance', column: 'relayedFromId', keeps: false },
] as const;

export const circles: Check = sqlCheck(
  (count) => `${count} records lie below others, or are taken from them, and none from itself.`,
  hierarchies.map(({ model, column }) => countOf(model, `"${column}" IS NOT NULL`)),
  hierarchies.map(
    // A circle is made of what has something on either side.
    ({ model, column }) =>
      `WITH RECURSIVE above AS (
         SELECT r.id, r."${column}" AS "over" FROM "${model}" AS r
         WHERE r."${column}" IS NOT NULL AND EXISTS (SELECT FROM "${model}" AS b WHERE b."${column}" = r.id)
         UNION SELECT a.id, r."${column}" FROM above AS a JOIN "${model}" AS r ON r.id = a."over" WHERE r."${column}" IS NOT NULL AND a."over" <> a.id
       ) SELECT '${model}' AS "model", id::text, 'It is above itself, by ${column}.' AS "problem" FROM above WHERE id = "over" ORDER BY id`,
  ),
);

/** The columns `ancestorIds`. What a circle is above of has none. */
export const ancestors: Check = sqlCheck(
  (count) => `${count} records know what they lie below.`,
  hierarchies.flatMap(({ model, keeps }) => (keeps ? [countOf(model)] : [])),
  hierarchies.flatMap(({ model, keeps }) =>
    keeps
      ? `WITH RECURSIVE below AS (
           SELECT id, '{}'::uuid[] AS ids FROM "${model}" WHERE "parentId" IS NULL
           UNION ALL SELECT r.id, array_prepend(b.id, b.ids) FROM below AS b JOIN "${model}" AS r ON r."parentId" = b.id
         ) SELECT '${model}' AS "model", r.id::text, 'Its ancestorIds are not those of what it lies below.' AS "problem"
         FROM "${model}" AS r JOIN below AS b ON b.id = r.id WHERE r."ancestorIds" <> b.ids ORDER BY r.id`
      : [],
  ),
);
