const ABSOLUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const RELATIVE = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago something was, for the last week; before that, its date. */
export function since(at: Date, now: Date): string {
  const past = now.getTime() - at.getTime();
  if (past < MINUTE_MS) return 'just now';
  if (past < HOUR_MS) return RELATIVE.format(-Math.floor(past / MINUTE_MS), 'minute');
  if (past < DAY_MS) return RELATIVE.format(-Math.floor(past / HOUR_MS), 'hour');
  if (past < 7 * DAY_MS) return RELATIVE.format(-Math.floor(past / DAY_MS), 'day');
  return DAY.format(at);
}

/** When something was: how long ago, with the exact time at hand; `exact` shows that itself. */
export function When({ at, exact = false }: { at: string; exact?: boolean }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={ABSOLUTE.format(date)} style={{ whiteSpace: 'nowrap' }}>
      {exact ? ABSOLUTE.format(date) : since(date, new Date())}
    </time>
  );
}
