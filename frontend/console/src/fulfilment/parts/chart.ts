/** How much of a whole a value is, from 0 to 1; nothing where there is no value or no whole. */
export function share(value: number | null, whole: number): number {
  if (value === null || whole <= 0) return 0;
  return Math.min(1, Math.max(0, value / whole));
}

/** The hours between two times, both included, each as its beginning in milliseconds. */
export function hoursBetween(from: Date, to: Date): number[] {
  const HOUR_MS = 3_600_000;
  const first = Math.floor(from.getTime() / HOUR_MS);
  const last = Math.floor(to.getTime() / HOUR_MS);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * HOUR_MS);
}

/** One column of a chart over time: what went well below, what did not on top. */
export interface Column {
  at: number;
  good: number;
  bad: number;
}

/** Columns for all hours, also for those in which nothing happened. */
export function columns(
  points: readonly { at: string; calls: number; failures: number }[],
  hours: readonly number[],
): Column[] {
  const known = new Map(points.map((point) => [new Date(point.at).getTime(), point]));
  return hours.map((at) => {
    const { calls = 0, failures = 0 } = known.get(at) ?? {};
    return { at, good: calls - failures, bad: failures };
  });
}
