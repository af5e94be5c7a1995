/**
 * A reason not to go on, for the person who started the process: one line that says
 * what was wrong and what to do. Anything else that is thrown is a defect.
 */
export class Refusal extends Error {
  override name = 'Refusal';
}
