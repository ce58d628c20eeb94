type Given<Parts> = { [Name in keyof Parts]?: Exclude<Parts[Name], undefined> };

/** The parts of a query that were given; what is empty or off counts as not given. */
export function query<Parts extends Record<string, string | number | boolean | string[] | undefined>>(
  parts: Parts,
): Given<Parts> {
  const given = Object.entries(parts).filter(
    ([, value]) =>
      value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(given) as Given<Parts>;
}
