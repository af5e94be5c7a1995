/** The same, with the next one being made while the last one is worked on. */
export async function* ahead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = items.next();
      // What goes wrong is told when it is asked for.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await items.return(undefined);
  }
}
