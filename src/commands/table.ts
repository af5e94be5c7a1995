import type { Token } from '../generated/prisma/client.ts';

/** A table for people, a line each. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const titles = heads.map((head) => head.toUpperCase());
  const widths = titles.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [titles, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Tokens as a table, without their secrets; what is absent is a hyphen. */
export function tokenTable(tokens: readonly Token[]): string {
  return tableOf(
    ['name', 'role', 'created', 'created by', 'expires', 'revoked', 'last used'],
    tokens.map(({ name, role, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt }) => [
      name,
      role,
      minuteOf(createdAt),
      createdBy ?? '-',
      minuteOf(expiresAt),
      minuteOf(revokedAt),
      minuteOf(lastUsedAt),
    ]),
  );
}

/** To the minute, in UTC. */
export function minuteOf(instant: Date | null): string {
  return instant ? `${instant.toISOString().slice(0, 16)}Z` : '-';
}
