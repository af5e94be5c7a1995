import { article } from './article/article.ts';
import { claimreview } from './claimreview/claimreview.ts';
import { csv } from './csv/csv.ts';
import type { Format } from './format.ts';
import { jsonld } from './jsonld/jsonld.ts';
import { parlamint } from './parlamint/parlamint.ts';
import { popolo } from './popolo/popolo.ts';
import { timelinejs } from './timelinejs/timelinejs.ts';
import { verbatim } from './verbatim.ts';
import { wikidata } from './wikidata/wikidata.ts';

/** All formats, by their names. */
export const formats: ReadonlyMap<string, Format> = new Map(
  [verbatim, parlamint, popolo, wikidata, claimreview, article, jsonld, csv, timelinejs].map((format) => [format.name, format]),
);
