/** How many names are told apart, and how long one may be: they come from the source, which may make up any number. */
const most = 200;
const longest = 60;

/** The names under which a reader counts what the model has no room for. */
export class LeftNames {
  readonly #known = new Set<string>();

  /** Such as `ClaimReview.keywords` for a property `keywords`; `ClaimReview.…` when there are too many, or it is too long. */
  of(kind: string, property: string): string {
    const name = `${kind}.${property}`;
    if (this.#known.has(name)) return name;
    if (name.length > longest || this.#known.size >= most) return `${kind}.…`;
    this.#known.add(name);
    return name;
  }
}
