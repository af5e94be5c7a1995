/** An object that is made when something of it is asked for, for what takes time and memory to make. */
export function lazy<T extends object>(make: () => T): T {
  let made: T | undefined;
  const whole = () => {
    made ??= make();
    return made;
  };
  // Methods find their object, and not this one in its place.
  const own = (value: unknown) => (typeof value === 'function' ? value.bind(whole()) : value);
  return new Proxy({} as T, {
    get: (_none, key) => own(Reflect.get(whole(), key)),
    has: (_none, key) => Reflect.has(whole(), key),
  });
}
