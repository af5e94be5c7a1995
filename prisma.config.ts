import { defineConfig } from 'prisma/config';

// These commands start no schema engine, yet Prisma looks for one and would
// download it. Naming an executable that is there keeps the command offline.
// Migrations are made and applied by src/database/migrate.ts and scripts/.
if (['generate', 'format', 'validate'].some((command) => process.argv.includes(command))) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
