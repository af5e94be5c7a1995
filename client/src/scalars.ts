// The scalars of the schema, as they come over the wire.

/** An instant, as RFC 3339 writes it: "2021-12-09T14:03:00.000Z". */
export type DateTime = string;

/**
 * A date as precise as its source, as EDTF levels 0 and 1 write it: "2021-12-09", "2021-07", "2020-01~" (about
 * then), "2021?" (perhaps), "2021-12-09/.." (since then). It is no argument for `new Date`, which would add what
 * the source doesn't say; the package `edtf` reads it.
 */
export type EDTF = string;

/** A language, as BCP 47 names it: "fr", "ar-IQ". */
export type Language = string;

/** Any value that JSON can write. */
export type JSON = unknown;
