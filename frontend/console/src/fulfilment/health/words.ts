import { formatMoney } from '@ironmonger/api';
import { roughDuration } from '../../lib/duration';
import type { Health } from '../types';

const PERCENT = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 });

const NOTHING = '–';

/** A share of 0 to 1 for the eye; a share that is not quite all is never shown as all. */
export function percent(share: number | null): string {
  if (share === null) return NOTHING;
  const text = PERCENT.format(share);
  return text === '100%' && share < 1 ? PERCENT.format(0.999) : text;
}

export function milliseconds(time: number | null): string {
  if (time === null) return NOTHING;
  return time < 1000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(1)} s`;
}

export function completionTime(seconds: number | null): string {
  return seconds === null ? NOTHING : roughDuration(seconds);
}

/** How much more or less was charged than offered, as a share; null where nothing is known. */
export function overcharge({ offered, charged }: Pick<Health, 'offered' | 'charged'>): number | null {
  if (!offered || !charged || offered.amount === 0 || offered.currency !== charged.currency) return null;
  return (charged.amount - offered.amount) / offered.amount;
}

/** What was charged against what was offered. */
export function costWords(health: Pick<Health, 'offered' | 'charged'>): string {
  const { offered, charged } = health;
  if (!offered || !charged) return NOTHING;
  const more = overcharge(health);
  const difference =
    more === null || more === 0
      ? 'as offered'
      : `${PERCENT.format(Math.abs(more))} ${more > 0 ? 'above' : 'below'} the offers`;
  return `${formatMoney(charged)}, ${difference}`;
}

const LOG_WORDS: Readonly<Record<string, string>> = {
  circuitOpened: 'Not called for a while: too many calls failed',
  circuitClosed: 'Called again: it answers',
  activated: 'Started',
  draining: 'Drained',
  paused: 'Paused',
  configured: 'Settings changed',
  secretChanged: 'Secret changed',
  unknownState: 'A state that its configuration does not know',
  chargedMore: 'Charged more than offered',
  budgetExceeded: 'Charged more than its budget allows: gets nothing more for now',
  askedForRest: 'Asked us to wait',
};

/** What happened to a supplier, in words. */
export function logWords(kind: string): string {
  return LOG_WORDS[kind] ?? kind.replace(/([A-Z])/g, ' $1').toLowerCase();
}
