const UNITS = [
  { seconds: 86_400, one: 'day', several: 'days', letter: /^d(ays?)?$/ },
  { seconds: 3600, one: 'hour', several: 'hours', letter: /^h((ou)?rs?)?$/ },
  { seconds: 60, one: 'minute', several: 'minutes', letter: /^m(in(ute)?s?)?$/ },
  { seconds: 1, one: 'second', several: 'seconds', letter: /^s(ec(ond)?s?)?$/ },
] as const;

/** The longest time that is taken: a year, in seconds. */
export const MAX_SECONDS = 365 * 86_400;

/** A time for the eye: `90000` seconds are "1 day 1 hour". */
export function formatDuration(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const { seconds: size, one, several } of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${count === 1 ? one : several}`);
  }
  return parts.length === 0 ? '0 seconds' : parts.join(' ');
}

/** About how long, as a mean is told: the two largest units only. */
export function roughDuration(seconds: number): string {
  const unit = UNITS.findIndex(({ seconds: size }) => seconds >= size);
  const finest = UNITS[Math.min((unit === -1 ? UNITS.length : unit) + 1, UNITS.length - 1)]?.seconds ?? 1;
  return formatDuration(Math.round(seconds / finest) * finest);
}

/**
 * Reads a time as somebody types it: `2 days`, `36h`, `1 h 30 min`. Undefined where it is none, lacks its
 * unit, or is beyond `MAX_SECONDS`.
 */
export function parseDuration(text: string): number | undefined {
  const parts = [
    ...text
      .trim()
      .toLowerCase()
      .matchAll(/(\d{1,8})\s*([a-z]+)/g),
  ];
  const rest = text
    .trim()
    .replaceAll(/\d{1,8}\s*[a-z]+/gi, '')
    .trim();
  if (parts.length === 0) return /^0+$/.test(text.trim()) ? 0 : undefined;
  if (rest !== '') return undefined;
  let sum = 0;
  for (const [, count = '', word = ''] of parts) {
    const unit = UNITS.find(({ letter }) => letter.test(word));
    if (!unit) return undefined;
    sum += Number.parseInt(count, 10) * unit.seconds;
  }
  return sum <= MAX_SECONDS ? sum : undefined;
}
