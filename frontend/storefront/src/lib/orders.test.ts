import { describe, expect, it } from 'vitest';
import {
  eventWords,
  forgetOrder,
  fragmentWith,
  isFinal,
  knownOrders,
  pollDelay,
  refundWords,
  rememberOrder,
  statusWords,
  stopsReached,
  timeLeft,
  tokenFor,
  tokenInFragment,
} from './orders';

describe('pollDelay', () => {
  it('asks often at first and ever more seldom while nothing changes', () => {
    expect(pollDelay('paid', 0)).toBe(2_000);
    expect(pollDelay('fulfilling', 20_000)).toBe(5_000);
    expect(pollDelay('fulfilling', 3_600_000)).toBe(15_000);
  });

  it('goes on for as long as something may happen, and no longer', () => {
    for (const status of ['pendingPayment', 'paid', 'fulfilling', 'needsAttention', 'cancelled'] as const) {
      expect(pollDelay(status, 0)).not.toBe(false);
    }
    for (const status of ['fulfilled', 'expired', 'refunded'] as const) {
      expect(isFinal(status)).toBe(true);
      expect(pollDelay(status, 0)).toBe(false);
    }
  });
});

describe('timeLeft', () => {
  const deadline = '2026-11-22T12:15:00Z';
  const secondsBefore = (seconds: number) => Date.parse(deadline) - seconds * 1000;

  it('counts down to the second', () => {
    expect(timeLeft(deadline, secondsBefore(900))).toBe('15:00');
    expect(timeLeft(deadline, secondsBefore(61))).toBe('1:01');
    expect(timeLeft(deadline, secondsBefore(0.4))).toBe('0:01');
  });

  it('has none left at and after the deadline, nor with a deadline it cannot read', () => {
    expect(timeLeft(deadline, secondsBefore(0))).toBeUndefined();
    expect(timeLeft(deadline, secondsBefore(-60))).toBeUndefined();
    expect(timeLeft('soon', secondsBefore(60))).toBeUndefined();
  });
});

describe('tokens', () => {
  it('go into the fragment and out of it whole', () => {
    const token = 'a+b/c=&d#e';
    expect(tokenInFragment(`#${fragmentWith(token)}`)).toBe(token);
    expect(tokenInFragment('')).toBeUndefined();
    expect(tokenInFragment('#main')).toBeUndefined();
  });

  it('come from a shared link before this device’s own', () => {
    rememberOrder('ord_1', { token: 'kept' });
    expect(tokenFor('ord_1', '')).toBe('kept');
    expect(tokenFor('ord_1', '#token=shared')).toBe('shared');
    expect(tokenFor('ord_2', '')).toBeUndefined();
  });

  it('stay with what else is known of their order, the newest first', () => {
    rememberOrder('ord_1', { token: 'one', number: 'A', placedAt: '2026-01-01T00:00:00Z' });
    rememberOrder('ord_2', { token: 'two', number: 'B', placedAt: '2026-02-01T00:00:00Z' });
    rememberOrder('ord_1', { token: 'again' });
    expect(knownOrders()).toEqual([
      { id: 'ord_2', token: 'two', number: 'B', placedAt: '2026-02-01T00:00:00Z' },
      { id: 'ord_1', token: 'again', number: 'A', placedAt: '2026-01-01T00:00:00Z' },
    ]);
  });

  it('go when an account opens their order instead', () => {
    rememberOrder('ord_1', { token: 'one' });
    rememberOrder('ord_2', { token: 'two' });
    forgetOrder('ord_1');
    expect(knownOrders().map(({ id }) => id)).toEqual(['ord_2']);
    expect(tokenFor('ord_1', '')).toBeUndefined();
  });

  it('survive storage that somebody else wrote to', () => {
    localStorage.setItem('ironmonger.orders', '{"ord_1":{"token":5},"ord_2":{"token":"ok"},"ord_3":null}');
    expect(knownOrders()).toEqual([{ id: 'ord_2', token: 'ok' }]);
    localStorage.setItem('ironmonger.orders', 'not json');
    expect(knownOrders()).toEqual([]);
  });
});

describe('words', () => {
  it('are there for every status, those to come included', () => {
    for (const status of ['pendingPayment', 'paid', 'fulfilling', 'fulfilled', 'expired', 'needsAttention']) {
      expect(statusWords(status).text).not.toBe('');
    }
    expect(statusWords('onHold').heading).toBe('On hold');
  });

  it('spell out events that this page does not know', () => {
    expect(eventWords('OrderPaid')).toBe('Paid');
    expect(eventWords('SupplierSentLetter')).toBe('Supplier sent letter');
  });
});

describe('stopsReached', () => {
  it('follows the usual way, and shows none for an order that left it', () => {
    expect(['pendingPayment', 'paid', 'fulfilling', 'fulfilled'].map(stopsReached)).toEqual([1, 2, 3, 4]);
    expect(stopsReached('expired')).toBe(0);
  });
});

describe('refundWords', () => {
  it('say how much, and where the money is', () => {
    expect(refundWords('processing', '£5.00')).toBe('£5.00 is on its way back to you.');
    expect(refundWords('refunded', '£5.00')).toBe('We have paid £5.00 back to you.');
    expect(refundWords('declined', '£5.00')).toContain('you need not do anything');
    expect(refundWords('later', '£5.00')).toBe('£5.00');
  });
});
