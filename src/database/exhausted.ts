// Apart from the driver, which only those need who use a server.

/** Whether no connection was free for too long. */
export function isExhausted(error: unknown): boolean {
  return error instanceof Error && error.message.includes('timeout exceeded when trying to connect');
}
