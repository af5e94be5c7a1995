/**
 * Says that arguments are not handled here. It is thrown on the way, and no error: nobody looks at where it
 * came from, and making a stack trace would take longer than the rest.
 */
export class Declined {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** @throws {Declined} always. */
export function decline(reason: string): never {
  throw new Declined(reason);
}
