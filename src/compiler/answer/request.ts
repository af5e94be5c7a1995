/** One execution of a plan. */
export interface Request {
  /** What resolvers get as their context. */
  context: object;
  /** Coerced. */
  variables: Record<string, unknown>;
  /** The arguments of fields with variables in them, each made when it is first needed. */
  args: (object | undefined)[];
}
