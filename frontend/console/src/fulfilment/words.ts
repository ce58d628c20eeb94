import type { Circuit, Considered, Refusal, Strategy, SupplierStatus } from './types';

/** A supplier's states as one reads them, and what they mean. */
export const SUPPLIER_STATES: Readonly<Record<SupplierStatus, { name: string; hint: string }>> = {
  active: { name: 'Active', hint: 'Gets new tasks.' },
  draining: {
    name: 'Draining',
    hint: 'Gets no new tasks. Those already planned are still placed, and all are followed to their end.',
  },
  paused: {
    name: 'Paused',
    hint: 'Nothing is placed with it. What was placed before is followed to its end.',
  },
};

export const STRATEGY_WORDS: Readonly<Record<Strategy, { name: string; hint: string }>> = {
  cheapest: { name: 'Cheapest', hint: 'Whoever asks least.' },
  fastest: { name: 'Fastest', hint: 'Whoever needs the least time to ship.' },
  priority: {
    name: 'By priority',
    hint: 'The supplier with the lowest priority number first, then by cost.',
  },
  weighted: { name: 'Weighted', hint: 'By lot, each supplier as often as its weight says.' },
};

/** Why a supplier gets nothing, after "because" as well as alone. */
const REFUSAL_WORDS: Readonly<Record<Refusal, string>> = {
  excluded: 'it was tried for this order already',
  paused: 'it is paused',
  draining: 'it is being drained',
  circuitOpen: 'it has not answered lately',
  budgetSpent: 'its budget is spent',
  belowMinimum: 'the quantity is below its minimum',
  aboveMaximum: 'the quantity is above its maximum',
  windowClosed: 'its offer does not hold at this time',
};

export function refusalWords(refusal: string | null | undefined): string {
  return (REFUSAL_WORDS as Readonly<Record<string, string>>)[refusal ?? ''] ?? 'it cannot take it';
}

/** What became of a supplier that was considered. */
export function verdictWords({ verdict, refusal }: Considered): string {
  switch (verdict) {
    case 'chosen':
      return 'Chosen';
    case 'outranked':
      return 'Could, but another went first';
    case 'refused': {
      const why = refusalWords(refusal);
      return `Left out: ${why}`;
    }
  }
}

const CIRCUIT_WORDS = {
  closed: 'Reachable',
  halfOpen: 'Being tried',
  open: 'Not reachable',
} as const satisfies Record<Circuit['state'], string>;

export function circuitWords({ state }: Pick<Circuit, 'state'>): string {
  return CIRCUIT_WORDS[state] ?? state;
}

/** A count with its noun. */
export function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

/** Words as a sentence of their own. */
export function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
