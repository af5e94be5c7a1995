import { countOf, sqlCheck } from './check.ts';

// What is quoted stands in the documents.

// A place is counted in UTF-16 code units, in which a character above U+FFFF takes up two. With a second one
// put after each of those, PostgreSQL's characters are counted as the code units are.
const inCodeUnits = (text: string) => String.raw`regexp_replace(${text}, '([\U00010000-\U0010FFFF])', '\1' || U&'\FFFF', 'g')`;

export const texts = sqlCheck(
  (count) => `${count} texts of documents have their checksums.`,
  [countOf('Document', '"text" IS NOT NULL')],
  [
    `SELECT 'Document' AS "model", id::text, 'Its sha256 is not that of its text.' AS "problem" FROM "Document"
     WHERE "sha256" IS DISTINCT FROM encode(sha256(convert_to("text", 'UTF8')), 'hex')`,
  ],
);

export const spans = sqlCheck(
  (count) => `${count} spans stand at their places in the texts.`,
  [countOf('Span', '"start" IS NOT NULL')],
  [
    // Each text is taken apart once, however many spans it has.
    `WITH placed AS (
       SELECT s.id, s."start", s."end", s."exact", coalesce(a."documentId", c."documentId") AS "documentId"
       FROM "Span" AS s LEFT JOIN "Appearance" AS a ON a.id = s."appearanceId" LEFT JOIN "Citation" AS c ON c.id = s."citationId"
       WHERE s."start" IS NOT NULL
     ), quoted AS MATERIALIZED (
       SELECT d.id, ${inCodeUnits('d."text"')} AS units FROM "Document" AS d WHERE d.id IN (SELECT "documentId" FROM placed)
     )
     SELECT 'Span' AS "model", p.id::text, CASE WHEN q.units IS NULL
         THEN 'It has a place, and the text of the Document ' || p."documentId" || ' is not kept.'
         ELSE 'Its words do not stand at ' || p."start" || ' in the Document ' || p."documentId" || '.' END AS "problem"
     FROM placed AS p LEFT JOIN quoted AS q ON q.id = p."documentId"
     WHERE substr(q.units, p."start" + 1, p."end" - p."start") IS DISTINCT FROM ${inCodeUnits('p."exact"')}
     ORDER BY p.id`,
  ],
);
