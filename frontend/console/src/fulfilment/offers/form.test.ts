import { describe, expect, it } from 'vitest';
import type { Messages } from '../../lib/resolver';
import type { Offer } from '../types';
import {
  BLANK_OFFER,
  MAX_PIECES,
  type OfferValues,
  toOfferInput,
  toOfferValues,
  validateOffer,
  windowWords,
} from './form';

const OFFER: Offer = {
  supplierId: 'sup_1',
  supplierName: 'Northgate',
  sku: 'HINGE-75',
  code: 'H75',
  cost: { amount: 450, currency: 'GBP' },
  minimum: 1,
  maximum: 40,
  leadTimeSeconds: 129_600,
  window: { fromSeconds: 3600, untilSeconds: null },
  version: 3,
};

const wrong = (changes: Partial<OfferValues>) =>
  wrongFields(validateOffer({ ...toOfferValues(OFFER), ...changes }));

function wrongFields(messages: Messages): string[] {
  return Object.entries(messages).flatMap(([field, message]) => {
    if (message === undefined) return [];
    return typeof message === 'string' ? [field] : wrongFields(message);
  });
}

const window = (fromSeconds: string, untilSeconds: string) => ({ window: { fromSeconds, untilSeconds } });

it('an offer that is read and sent back is the same', () => {
  const { supplierId: _s, supplierName: _n, sku: _k, version: _v, ...input } = OFFER;
  expect(toOfferInput(toOfferValues(OFFER))).toEqual(input);
  const closed = { ...OFFER, window: { fromSeconds: 0, untilSeconds: 86_400 } };
  expect(toOfferInput(toOfferValues(closed)).window).toEqual(closed.window);
});

describe('an offer', () => {
  it('that is well is taken', () => {
    expect(wrong({})).toEqual([]);
  });

  it('needs a SKU, a code and a cost', () => {
    expect(wrong({ sku: ' ', code: '', cost: null })).toEqual(['sku', 'code', 'cost']);
    expect(wrong({ cost: 'cheap' })).toEqual(['cost']);
    expect(wrong({ cost: { amount: 0, currency: 'GBP' } })).toEqual([]);
  });

  it('has a minimum, a maximum that is no less, and a limit', () => {
    expect(wrong({ minimum: '0' })).toEqual(['minimum']);
    expect(wrong({ minimum: '5', maximum: '4' })).toEqual(['maximum']);
    expect(wrong({ maximum: String(MAX_PIECES) })).toEqual([]);
    expect(wrong({ maximum: String(MAX_PIECES + 1) })).toEqual(['maximum']);
  });

  it('takes times as they are typed, and an end after the beginning', () => {
    expect(wrong({ leadTimeSeconds: '' })).toEqual(['leadTimeSeconds']);
    expect(wrong(window('', ''))).toEqual([]);
    expect(wrong(window('soon', ''))).toEqual(['fromSeconds']);
    expect(wrong(window('2 h', '120 min'))).toEqual(['untilSeconds']);
    expect(wrong(window('2 h', '1 day'))).toEqual([]);
  });

  it('begins with values that lack only what nobody can guess', () => {
    expect(wrongFields(validateOffer(BLANK_OFFER))).toEqual(['sku', 'code', 'cost']);
  });
});

it.each([
  [0, null, 'Always'],
  [3600, null, 'After 1 hour'],
  [0, 86_400, 'For 1 day'],
  [3600, 86_400, 'From 1 hour to 1 day'],
])('a window from %s to %s reads as %j', (fromSeconds, untilSeconds, words) => {
  expect(windowWords({ fromSeconds, untilSeconds })).toBe(words);
});
