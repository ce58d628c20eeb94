// Storage may be missing or refuse (private windows, full quota): the shop then works for as long as
// the page is open, so the values are kept in memory beside it.
const memory = new Map<string, string>();

function areaOf(kind: 'local' | 'session'): Storage | undefined {
  try {
    return kind === 'local' ? window.localStorage : window.sessionStorage;
  } catch {
    return undefined;
  }
}

/** A named JSON value that outlives the page (`local`) or the tab's reloads (`session`). */
export interface Slot<T> {
  read(): T | undefined;
  write(value: T): void;
  clear(): void;
}

/** A slot whose stored text is checked by `parse`; what it does not accept counts as absent. */
export function slot<T>(
  kind: 'local' | 'session',
  name: string,
  parse: (value: unknown) => T | undefined,
): Slot<T> {
  const key = `ironmonger.${name}`;
  return {
    read() {
      try {
        const stored = areaOf(kind)?.getItem(key) ?? memory.get(key);
        return stored === undefined ? undefined : parse(JSON.parse(stored));
      } catch {
        return undefined;
      }
    },
    write(value) {
      const stored = JSON.stringify(value);
      memory.set(key, stored);
      try {
        areaOf(kind)?.setItem(key, stored);
      } catch {
        // The copy in memory serves until the page closes.
      }
    },
    clear() {
      memory.delete(key);
      try {
        areaOf(kind)?.removeItem(key);
      } catch {
        // What cannot be stored cannot be left behind either.
      }
    },
  };
}

/** Accepts text that is not empty. */
export function parseText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Accepts an object and leaves its values to the caller. */
export function parseRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
