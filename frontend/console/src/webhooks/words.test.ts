import { expect, it } from 'vitest';
import { WEBHOOK } from './test-kit';
import type { Pause, Webhook } from './types';
import { nameOfWebhook, outcomeLine, pauseWords, recoveryWords, webhookState } from './words';

const pause = (reason: Pause['reason']): Partial<Webhook> => ({
  status: 'paused',
  pause: { at: '2026-11-22T09:00:00Z', reason, note: null, by: null },
});

it.each<[string, Partial<Webhook>]>([
  ['Works', {}],
  ['Nothing sent yet', { lastSuccessAt: null }],
  ['Fails', { failingSince: '2026-11-22T09:00:00Z' }],
  ['Fails', { failingSince: '2026-11-22T09:00:00Z', lastSuccessAt: null }],
  ['Paused', pause('byHand')],
  ['Gone', pause('gone')],
  ['Dead', { ...pause('dead'), failingSince: '2026-11-19T09:00:00Z' }],
])('%s after %j', (label, changes) => {
  expect(webhookState({ ...WEBHOOK, ...changes })[1]).toBe(label);
});

it('a pause tells what somebody wrote, or what happened and what was said', () => {
  expect(pauseWords({ reason: 'byHand', note: 'They move.' })).toEqual(['They move.']);
  expect(pauseWords({ reason: 'byHand', note: null })).toEqual(['Somebody paused it.']);
  expect(pauseWords({ reason: 'gone', note: 'answered 410' })).toEqual([
    expect.stringContaining('410 Gone'),
    'answered 410',
  ]);
});

it('a webhook without a name of its own is called by its host', () => {
  expect(nameOfWebhook(WEBHOOK)).toBe('Bookkeeping');
  expect(nameOfWebhook({ ...WEBHOOK, description: ' ' })).toBe('books.example');
});

it('an attempt reads as what came of it', () => {
  const refused = { outcome: 'refused', status: 500, tookMs: 12 } as const;
  expect(outcomeLine({ ...refused, detail: 'answered 500' })).toBe('Refused, HTTP 500, after 12 ms');
  expect(outcomeLine({ ...refused, detail: 'too long' })).toBe('Refused, HTTP 500, after 12 ms: too long');
  expect(outcomeLine({ outcome: 'unreachable', status: null, tookMs: 9, detail: 'timed out' })).toBe(
    'Not reached, after 9 ms: timed out',
  );
});

it('what is sent again is counted as far as it can be', () => {
  expect(recoveryWords({ deliveries: 0, more: false })).toBe('There is nothing to send again.');
  expect(recoveryWords({ deliveries: 1, more: false })).toBe('1 delivery is sent again.');
  expect(recoveryWords({ deliveries: 7, more: false })).toBe('7 deliveries are sent again.');
  expect(recoveryWords({ deliveries: 1000, more: true })).toBe('More than 1000 deliveries are sent again.');
});
