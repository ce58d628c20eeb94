import { describe, expect, it } from 'vitest';
import { formatDuration, MAX_SECONDS, parseDuration, roughDuration } from './duration';

describe('a time', () => {
  it.each([
    ['2 days', 172_800],
    ['2d', 172_800],
    ['36 h', 129_600],
    ['1h 30min', 5400],
    ['1 hour 30 minutes', 5400],
    ['90 s', 90],
    [' 45 Min ', 2700],
    ['0', 0],
  ])('%j is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(['', '2', 'soon', '2 fortnights', '2 days later', '-1 h', '1.5 h'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('has a limit', () => {
    expect(parseDuration(`${MAX_SECONDS} s`)).toBe(MAX_SECONDS);
    expect(parseDuration(`${MAX_SECONDS + 1} s`)).toBeUndefined();
  });

  it('reads back what it shows', () => {
    for (const seconds of [0, 1, 59, 60, 3600, 5400, 86_400, 90_061, MAX_SECONDS]) {
      expect(parseDuration(formatDuration(seconds)) ?? 0).toBe(seconds);
    }
    expect(formatDuration(90_061)).toBe('1 day 1 hour 1 minute 1 second');
  });

  it.each([
    [0.4, '0 seconds'],
    [42, '42 seconds'],
    [3700, '1 hour 2 minutes'],
    [90_061, '1 day 1 hour'],
    [200_000, '2 days 8 hours'],
  ])('of about %d seconds is told as %j', (seconds, words) => {
    expect(roughDuration(seconds)).toBe(words);
  });
});
