// How hard it blows. Small, so that it is over in a minute; the environment says otherwise.

const number = (name: string, usual: number): number => {
  const given = process.env[name];
  if (given === undefined) return usual;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1 on, not "${given}".`);
  return value;
};

/** What each storm draws its chance from. */
export const seed = number('VERBATIM_SEED', Math.floor(Math.random() * 2 ** 31) + 1);

/** How many write at once. */
export const writers = number('STORM_WRITERS', 12);

/** How many mutations each of them makes where nothing ends the storm. */
export const mutations = number('STORM_MUTATIONS', 8);

/** How many times the program, and how many times the PostgreSQL server, is killed. */
export const kills = number('STORM_KILLS', 1);

/** How many mutations are made on both databases, to compare what comes of them. */
export const compared = number('STORM_COMPARED', 60);

/** How often an import is killed. */
export const importKills = number('STORM_IMPORT_KILLS', 2);

/** A ParlaMint corpus to import; without it, one is made of so many sittings. */
export const corpus = process.env.STORM_CORPUS;
export const sittings = number('STORM_SITTINGS', 25);

/** How many subscribe, and how many changes they are told of at least. */
export const subscribers = number('STORM_SUBSCRIBERS', 12);
export const changes = number('STORM_CHANGES', 300);
