import DataLoader from 'dataloader';

const published = { status: 'PUBLISHED' };

/** For each list of a model, how Prisma finds the first few of each parent. */
const lists = {
  event: {
    topics: {
      where: { statement: published },
      orderBy: [{ statementEarliest: { sort: 'desc', nulls: 'last' } }, { statementId: 'desc' }],
      include: { statement: true },
      rowOf: ({ statement }) => statement,
    },
    participations: {
      where: { ...published, OR: [{ person: published }, { organization: published }] },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    },
    linksFrom: { where: { ...published, to: published }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
  },
  statement: {
    topics: {
      where: { OR: [{ event: published }, { person: published }, { organization: published }, { place: published }] },
      orderBy: [{ id: 'asc' }],
    },
  },
};
for (const model of ['person', 'organization']) {
  lists[model] = {
    memberships: {
      where: { ...published, organization: published },
      orderBy: [{ startEarliest: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
    },
    participations: { where: { ...published, event: published }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
  };
}

/** The loaders of one request. */
export function loadersOf(prisma) {
  const byId = (model) =>
    new DataLoader(async (ids) => {
      const rows = await prisma[model].findMany({ where: { id: { in: [...ids] }, ...published } });
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    });
  const made = new Map();
  return {
    person: byId('person'),
    organization: byId('organization'),
    place: byId('place'),
    event: byId('event'),
    statement: byId('statement'),
    document: byId('document'),
    /** The first few of a list of each parent. */
    list: (model, relation, { first, current = false }) => {
      const key = `${model}.${relation}.${first}.${current}`;
      if (!made.has(key)) {
        const { where, orderBy, include, rowOf = (row) => row } = lists[model][relation];
        const select = { where: current ? { ...where, endDate: null } : where, orderBy, take: first, include };
        made.set(
          key,
          new DataLoader(async (ids) => {
            const parents = await prisma[model].findMany({ where: { id: { in: [...ids] } }, select: { id: true, [relation]: select } });
            const found = new Map(parents.map((parent) => [parent.id, parent[relation].map(rowOf)]));
            return ids.map((id) => found.get(id) ?? []);
          }),
        );
      }
      return made.get(key);
    },
  };
}
