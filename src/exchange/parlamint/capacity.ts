import type { Edtf } from '../../edtf.ts';
import type { HeldPlace } from './corpus.ts';

const dayLength = 24 * 60 * 60 * 1000;
const presiding = /^(?:head|deputyHead|president|vicePresident|chair\w*|speaker)$/i;

/**
 * In which capacity somebody spoke: the only place in the parliament or the government that was surely held on
 * that day. Who presides does so in the place that is for it, if the lists have it. When several are left, none:
 * the record shows what is possible by itself.
 * @param type the kind of speaker, such as `chair`.
 * @returns the id of the membership.
 */
export function capacityOf(places: readonly HeldPlace[], type: string | undefined, day: Edtf | undefined): string | undefined {
  const held = day ? places.filter((place) => isHeld(place, day)) : [];
  const ofChair = held.filter(({ role, of }) => of === 'parliament' && presiding.test(role ?? ''));
  if (type === 'chair' && ofChair.length === 1) return ofChair[0]?.id;
  // A guest is nobody of the parliament, whatever the lists say.
  const fit = type === 'guest' ? held.filter(({ of }) => of !== 'parliament') : held;
  return fit.length === 1 ? fit[0]?.id : undefined;
}

/** Whether it had surely begun and not ended. A sitting of several days is no day. */
function isHeld({ from, to }: HeldPlace, { earliest, latest }: Edtf): boolean {
  if (!earliest || !latest || latest.getTime() - earliest.getTime() >= dayLength) return false;
  return from.latest !== null && from.latest <= latest && (!to || (to.earliest !== null && to.earliest >= earliest));
}
