/** Writes a corpus into a folder; see corpus.mjs. */
export function writeCorpus(
  folder: string,
  size: { sittings: number; speeches?: number; paragraphs?: number; people?: number; parties?: number },
): Promise<{ speech: number; paragraph: number }>;
