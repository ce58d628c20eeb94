import type { RunCause, RunOutcome } from './types';

/** The workers, by the names under which they leave their runs. */
export const WORKERS: Readonly<Record<string, string>> = {
  'plan-order': 'Plan orders',
  'dispatch-task': 'Place tasks',
  'sync-supplier': 'Ask suppliers',
  'poll-suppliers': 'Plan supplier calls',
  'sweep-tasks': 'Look after late tasks',
  'release-instalments': 'Release instalments',
  'place-partner-order': 'Place partners’ orders',
  'sweep-partner-orders': 'Look after partners’ orders',
  'send-partner-callback': 'Call partners back',
  'fan-out-event': 'Find who wants to hear of an event',
  'deliver-webhook': 'Deliver webhooks',
  'publish-task-events': 'Tell of tasks',
  'push-events': 'Tell open pages',
  'push-queue-depths': 'Tell open pages of queues',
  'expire-order': 'Expire unpaid orders',
  'publish-order-events': 'Tell of orders',
  'delete-customer': 'Forget customers',
  'refresh-listings': 'Refresh listings',
  'request-search-rebuild': 'Look for search changes',
  'rebuild-search-index': 'Rebuild the search',
  'process-image': 'Process pictures',
  'run-import': 'Import products',
  'sweep-media': 'Remove old pictures',
};

/** A worker's or a queue's name in words. */
export function nameOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return WORKERS[id] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

export const OUTCOMES: Readonly<Record<RunOutcome, string>> = {
  done: 'Done',
  later: 'Not yet',
  failed: 'Failed',
};

export const CAUSES: Readonly<Record<RunCause, string>> = {
  message: 'a message',
  schedule: 'the schedule',
  hand: 'somebody, by hand',
  change: 'a change',
};

const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** A span of time, to its largest unit. */
export function age(seconds: number): string {
  if (seconds < MINUTE_S) return counted(Math.max(0, Math.floor(seconds)), 'second');
  if (seconds < HOUR_S) return counted(Math.floor(seconds / MINUTE_S), 'minute');
  if (seconds < DAY_S) return counted(Math.floor(seconds / HOUR_S), 'hour');
  return counted(Math.floor(seconds / DAY_S), 'day');
}

/** How long something took: milliseconds matter only where there are few. */
export function took(ms: number): string {
  if (ms < SECOND_MS) return `${ms} ms`;
  if (ms < 10 * SECOND_MS) return `${(ms / SECOND_MS).toFixed(1)} s`;
  return age(ms / SECOND_MS);
}

/** When something is expected. Schedulers are punctual to about a minute. */
export function until(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / SECOND_MS;
  return seconds < MINUTE_S ? 'within a minute' : `in ${age(seconds)}`;
}

const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;
const DAILY = /^cron\((\d{1,2}) (\d{1,2}) \* \* \? \*\)$/;

/** When a schedule runs, in words where that is easy; as it stands where it is not. */
export function describeExpression(expression: string, timezone: string): string {
  const rate = RATE.exec(expression);
  if (rate) {
    const [, count = '', unit = ''] = rate;
    return count === '1' ? `Every ${unit}` : `Every ${count} ${unit}s`;
  }
  const daily = DAILY.exec(expression);
  if (daily) {
    const [, minute = '', hour = ''] = daily;
    return `Every day at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')} ${timezone}`;
  }
  return `${expression}, ${timezone}`;
}

/** A first look at an expression; the API looks closely. */
export function expressionError(expression: string): string | undefined {
  const text = expression.trim();
  if (/^rate\(\s*[1-9]\d* (minutes?|hours?|days?)\s*\)$/.test(text)) return undefined;
  if (/^cron\((\s*\S+){6}\s*\)$/.test(text)) return undefined;
  return text.startsWith('cron')
    ? 'A cron expression has six fields: cron(minutes hours day month weekday year).'
    : 'Type rate(5 minutes), or cron(0 12 * * ? *) for every day at noon.';
}

/** A message as it is read best: JSON with its lines, anything else as it is. */
export function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
