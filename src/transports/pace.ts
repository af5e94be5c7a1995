/** Between two signs of life on a connection, in milliseconds: proxies close what is silent. */
const often = 12_000;

/** How long a client may take nothing of what is sent to it, or show no sign of life, in milliseconds. */
export const patience = 60_000;

/** How often a connection is pinged: also where it is soon given up. */
export function pingEvery({ idleMs }: { idleMs: number }): number {
  return Math.min(often, Math.ceil(idleMs / 2));
}
