import { type Difference, differences, fieldAt, withField } from '../data/differences';
import { currentOf } from '../data/errors';

/** Two editors met at one record. */
export interface Conflict<T> {
  /** What both began with. */
  base: T;
  mine: T;
  /** What the other editor made of it. */
  current: T;
}

/** What of a record one edits, and how it reads. */
export interface Fields<T> {
  pick: (record: T) => Record<string, unknown>;
  label: (path: string) => string;
  /** A field's value, line by line. */
  describe: (path: string, value: unknown) => string[];
}

/** Whose value of a field is kept. */
export type Side = 'mine' | 'current';

/** The conflict that a refused save tells of, if it was refused for one. */
export function conflictOf<T>(error: unknown, variables: unknown): Conflict<T> | undefined {
  const current = currentOf(error);
  const { data, previousData } = (variables ?? {}) as { data?: T; previousData?: T };
  if (current === undefined || data === undefined || previousData === undefined) return undefined;
  return { base: previousData, mine: data, current: current as T };
}

/** The fields in which the two differ. */
export function fieldsOf<T>({ base, mine, current }: Conflict<T>, { pick }: Fields<T>): Difference[] {
  return differences(pick(base), pick(mine), pick(current));
}

/** A field that only the other changed keeps their value; one's own changes keep one's own. */
export function proposedSide({ changedBy }: Difference): Side {
  return changedBy === 'them' ? 'current' : 'mine';
}

/** The current record with the fields that are kept from mine, on the current version. */
export function merged<T extends object>(
  { mine, current }: Conflict<T>,
  found: readonly Difference[],
  sides: Readonly<Record<string, Side>>,
): T {
  const start = { ...mine, ...current } as Record<string, unknown>;
  return found
    .filter((difference) => (sides[difference.path] ?? proposedSide(difference)) === 'mine')
    .reduce((record, { path }) => withField(record, path, fieldAt(mine, path)), start) as unknown as T;
}
