// @ts-check
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';

/** What PGlite is opened with everywhere: the extensions that the migrations create. */
export const embeddedOptions = { extensions: { pg_trgm, unaccent } };
