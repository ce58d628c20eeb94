import { formatDuration, parseDuration } from '../../lib/duration';
import type { Messages } from '../../lib/resolver';
import { isMoney, type MoneyValue } from '../../parts/MoneyInput';
import { wholeBetween } from '../suppliers/form';
import type { Offer, OfferInput } from '../types';

/** The most pieces of a task. */
export const MAX_PIECES = 1_000_000;

/** The most characters of a supplier's own code. */
export const MAX_CODE = 200;

/** What the form of an offer holds, by the names of the API; times as one types them. */
export interface OfferValues {
  sku: string;
  code: string;
  cost: MoneyValue;
  minimum: string;
  maximum: string;
  leadTimeSeconds: string;
  window: { fromSeconds: string; untilSeconds: string };
}

export const BLANK_OFFER: OfferValues = {
  sku: '',
  code: '',
  cost: null,
  minimum: '1',
  maximum: '100',
  leadTimeSeconds: '2 days',
  window: { fromSeconds: '', untilSeconds: '' },
};

export function toOfferValues(offer: Offer): OfferValues {
  const { fromSeconds, untilSeconds } = offer.window;
  return {
    sku: offer.sku,
    code: offer.code,
    cost: offer.cost,
    minimum: String(offer.minimum),
    maximum: String(offer.maximum),
    leadTimeSeconds: formatDuration(offer.leadTimeSeconds),
    window: {
      fromSeconds: fromSeconds === 0 ? '' : formatDuration(fromSeconds),
      untilSeconds: untilSeconds === null ? '' : formatDuration(untilSeconds),
    },
  };
}

const isEmpty = (text: string | undefined) => (text ?? '').trim() === '';

const NO_TIME = 'A time such as 2 days, 36 h or 90 min.';

const timeError = (text: string | undefined, isOptional: boolean) =>
  (isOptional && isEmpty(text)) || parseDuration(text ?? '') !== undefined ? undefined : NO_TIME;

/** What can be said of an offer's form before the API is asked. */
export function validateOffer(values: OfferValues): Messages {
  const minimum = wholeBetween(values.minimum, 1, MAX_PIECES);
  const maximum = wholeBetween(values.maximum, 1, MAX_PIECES);
  const isTurned = minimum !== undefined && maximum !== undefined && minimum > maximum;
  const { cost, window } = values;
  const from = parseDuration(window.fromSeconds ?? '') ?? 0;
  const until = parseDuration(window.untilSeconds ?? '');
  return {
    sku: isEmpty(values.sku) ? 'Give the SKU.' : undefined,
    code: isEmpty(values.code) ? 'Give the supplier’s own code.' : undefined,
    cost: isMoney(cost) && cost.amount >= 0 ? undefined : 'Type an amount such as 4.50.',
    minimum: minimum === undefined ? `1 to ${MAX_PIECES}.` : undefined,
    maximum: maximum === undefined ? `1 to ${MAX_PIECES}.` : isTurned ? 'Less than the minimum.' : undefined,
    leadTimeSeconds: timeError(values.leadTimeSeconds, false),
    window: {
      fromSeconds: timeError(window.fromSeconds, true),
      untilSeconds:
        timeError(window.untilSeconds, true) ??
        (until !== undefined && until <= from ? 'Must be later than the beginning.' : undefined),
    },
  };
}

/** What the API takes of values that have been validated. */
export function toOfferInput(values: OfferValues): OfferInput {
  if (!isMoney(values.cost)) throw new TypeError('An offer without a cost was not refused.');
  return {
    code: values.code.trim(),
    cost: values.cost,
    minimum: wholeBetween(values.minimum, 1, MAX_PIECES) ?? 1,
    maximum: wholeBetween(values.maximum, 1, MAX_PIECES) ?? 1,
    leadTimeSeconds: parseDuration(values.leadTimeSeconds) ?? 0,
    window: {
      fromSeconds: parseDuration(values.window.fromSeconds ?? '') ?? 0,
      untilSeconds: isEmpty(values.window.untilSeconds)
        ? null
        : (parseDuration(values.window.untilSeconds) ?? null),
    },
  };
}

/** When an offer holds, after the order was paid. */
export function windowWords({ fromSeconds, untilSeconds }: OfferInput['window']): string {
  if (fromSeconds === 0 && untilSeconds === null) return 'Always';
  if (untilSeconds === null) return `After ${formatDuration(fromSeconds)}`;
  if (fromSeconds === 0) return `For ${formatDuration(untilSeconds)}`;
  return `From ${formatDuration(fromSeconds)} to ${formatDuration(untilSeconds)}`;
}
