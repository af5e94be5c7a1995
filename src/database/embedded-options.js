// @ts-check
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';

/** What PGlite is opened with everywhere. */
export const embeddedOptions = {
  /** The extensions that the migrations create. */
  extensions: { pg_trgm, unaccent },
  startParams: [
    ...PGlite.defaultStartParams,
    // The files lie in the system's memory, or on a disk without a needle: a row by its index costs less than a small
    // table read whole, which asks the system for the file's size each time.
    '-c',
    'random_page_cost=1.1',
    // PGlite writes zeros over all of it at the start. The system keeps what doesn't fit, and gives it back soon enough.
    '-c',
    'shared_buffers=32MB',
  ],
};
