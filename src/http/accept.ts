// The header `accept`, as Yoga reads it: the ranges in their order, whatever their weights.

/** The media ranges that a client takes. Without the header it takes anything. */
export function rangesIn(accept: string | null | undefined): string[] {
  return (
    (accept || '*/*')
      .replace(/\s/g, '')
      .toLowerCase()
      .split(',')
      .map((range) => range.split(';'))
      // What is sent is in UTF-8 in any case.
      .filter(([, ...parameters]) => (parameters.find((each) => each.includes('charset=')) ?? 'charset=utf-8') === 'charset=utf-8')
      .map(([range = '']) => range)
  );
}

/** Whether a media range such as `text/*` takes in a type. */
export function matches(range: string, type: string): boolean {
  const [one, other] = range.split('/');
  const [first, second] = type.split('/');
  return (one === '*' || one === first) && (other === '*' || other === second);
}
