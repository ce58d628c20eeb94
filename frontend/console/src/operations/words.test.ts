import { describe, expect, it } from 'vitest';
import { age, describeExpression, expressionError, nameOf, readable, took, until } from './words';

describe('spans of time', () => {
  it('are said in their largest unit', () => {
    expect([0, 1, 59, 60, 7199, 7200, 86_400, 864_000].map(age)).toEqual([
      '0 seconds',
      '1 second',
      '59 seconds',
      '1 minute',
      '1 hour',
      '2 hours',
      '1 day',
      '10 days',
    ]);
    expect(age(-3)).toBe('0 seconds');
  });

  it('are exact only where they are short', () => {
    expect([0, 999, 1000, 9_940, 12_000, 120_000].map(took)).toEqual([
      '0 ms',
      '999 ms',
      '1.0 s',
      '9.9 s',
      '12 seconds',
      '2 minutes',
    ]);
  });

  it('lie ahead, or are about to end', () => {
    const now = new Date('2026-11-22T07:00:00Z');
    expect(until(new Date('2026-11-22T06:59:00Z'), now)).toBe('within a minute');
    expect(until(new Date('2026-11-22T07:00:30Z'), now)).toBe('within a minute');
    expect(until(new Date('2026-11-22T09:30:00Z'), now)).toBe('in 2 hours');
  });
});

describe('expressions', () => {
  it('are put into words where that is easy', () => {
    expect(describeExpression('rate(1 minute)', 'UTC')).toBe('Every minute');
    expect(describeExpression('rate(5 minutes)', 'UTC')).toBe('Every 5 minutes');
    expect(describeExpression('cron(30 4 * * ? *)', 'UTC')).toBe('Every day at 04:30 UTC');
    expect(describeExpression('cron(0 10 ? * MON-FRI *)', 'UTC')).toBe('cron(0 10 ? * MON-FRI *), UTC');
  });

  it('are looked at before they are sent', () => {
    for (const good of ['rate(5 minutes)', 'rate(1 day)', ' cron(0 12 * * ? *) ']) {
      expect(expressionError(good)).toBeUndefined();
    }
    for (const bad of ['', 'rate(0 minutes)', 'rate(5 seconds)', '5 minutes', 'cron(0 12 * *)', 'cron()']) {
      expect(expressionError(bad), bad).toBeDefined();
    }
  });
});

describe('names and messages', () => {
  it('are readable', () => {
    expect(nameOf('plan-order')).toBe('Plan orders');
    expect(nameOf('dispatch-dead-letters')).toBe('Dispatch dead letters');
    expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(readable('nonsense')).toBe('nonsense');
  });
});
