import { ApiError, readProblem, Unreachable } from '@ironmonger/api';
import { describe, expect, it } from 'vitest';
import { attempt } from './attempts';

const body = { cartId: 'crt_1', email: 'ada@example.org' };

/** Sends and records the key; fails with `error` if given. */
function sender(keys: string[], error?: unknown) {
  return async (key: string) => {
    keys.push(key);
    if (error) throw error;
    return 'done';
  };
}

async function failing(keys: string[], error: unknown, sent: unknown = body) {
  await expect(attempt('order', sent, sender(keys, error))).rejects.toBe(error);
}

describe('attempt', () => {
  it('keeps the key when no answer came', async () => {
    const keys: string[] = [];
    await failing(keys, new Unreachable(new TypeError('lost')));
    await failing(keys, new ApiError(readProblem(503, null)));
    await attempt('order', body, sender(keys));
    expect(new Set(keys).size).toBe(1);
  });

  it('takes a new key after a definite answer', async () => {
    const keys: string[] = [];
    await failing(keys, new ApiError(readProblem(409, null)));
    await attempt('order', body, sender(keys));
    await attempt('order', body, sender(keys));
    expect(new Set(keys).size).toBe(3);
  });

  it('takes a new key for an edited body', async () => {
    const keys: string[] = [];
    await failing(keys, new Unreachable(new TypeError('lost')));
    await failing(keys, new Unreachable(new TypeError('lost')), { ...body, email: 'other@example.org' });
    expect(new Set(keys).size).toBe(2);
  });

  it('keeps attempts at different things apart', async () => {
    const keys: string[] = [];
    await failing(keys, new Unreachable(new TypeError('lost')));
    await attempt('payment.ord_1', body, sender(keys));
    expect(new Set(keys).size).toBe(2);
  });

  it('leaves nothing of the body in the browser’s storage', async () => {
    await failing([], new Unreachable(new TypeError('lost')));
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('ada');
  });
});
