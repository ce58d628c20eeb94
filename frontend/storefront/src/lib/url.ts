/** The search part of an address as plain text values, without the router's own JSON in it. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** The search part of an address, `?` included; what is empty or not set is left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    const text = value == null ? '' : String(value);
    if (text !== '') parts.set(name, text);
  }
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}

/** Accepts the named parts of a search where they are text, and drops everything else. */
export function pickTexts<Name extends string>(...names: Name[]) {
  return (search: Record<string, unknown>): Partial<Record<Name, string>> => {
    const picked: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const value = search[name];
      if (typeof value === 'string' && value !== '') picked[name] = value;
    }
    return picked;
  };
}
