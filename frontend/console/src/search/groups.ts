/** The limits that the API keeps too. */
export const MAX_GROUPS = 500;
export const MAX_TERMS = 12;

/** What is wrong with a group of terms that are to mean the same, if anything. */
export function groupError(terms: readonly string[]): string | undefined {
  if (terms.length < 2) return 'A group has at least two terms.';
  if (terms.length > MAX_TERMS) return `A group has at most ${MAX_TERMS} terms.`;
  return undefined;
}

/** Terms with single blanks, each once, whatever its capitals. */
export function tidyTerms(terms: readonly string[]): string[] {
  const tidy = terms.map((term) => term.replace(/\s+/g, ' ').trim()).filter(Boolean);
  const small = tidy.map((term) => term.toLowerCase());
  return tidy.filter((_term, at) => small.indexOf(small[at] ?? '') === at);
}

/** The API's objections by the number of the group that they are about. */
export function errorsByGroup(errors: readonly { pointer: string; detail: string }[]): Map<number, string> {
  return new Map(
    errors.flatMap(({ pointer, detail }) => {
      const group = /^\/groups\/(\d+)/.exec(pointer)?.[1];
      return group === undefined ? [] : [[Number.parseInt(group, 10), detail] as const];
    }),
  );
}
