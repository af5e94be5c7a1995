import type { Token } from '../generated/prisma/client.ts';

/** Tokens as a table for people, a line each; what is absent is a hyphen. */
export function tableOf(tokens: readonly Token[]): string {
  const heads = ['NAME', 'ROLE', 'CREATED', 'CREATED BY', 'EXPIRES', 'REVOKED', 'LAST USED'];
  const rows = tokens.map(({ name, role, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt }) => [
    name,
    role,
    minuteOf(createdAt),
    createdBy ?? '-',
    minuteOf(expiresAt),
    minuteOf(revokedAt),
    minuteOf(lastUsedAt),
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [heads, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** To the minute, in UTC. */
function minuteOf(instant: Date | null): string {
  return instant ? `${instant.toISOString().slice(0, 16)}Z` : '-';
}
