import { isTransient } from '@ironmonger/api';
import { parseRecord, slot } from './storage';

interface Attempt {
  key: string;
  fingerprint: string;
}

const attemptOf = (scope: string) =>
  slot<Attempt>('session', `attempt.${scope}`, (value) => {
    const stored = parseRecord(value);
    return typeof stored?.key === 'string' && typeof stored.fingerprint === 'string'
      ? { key: stored.key, fingerprint: stored.fingerprint }
      : undefined;
  });

function newKey(): string {
  // Not randomUUID: that exists in secure contexts only, and a shop on plain HTTP in a test lab is none.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * FNV-1a over the body's JSON. It tells an unchanged form from an edited one without leaving an
 * address in the browser's storage; it is no protection against anybody.
 */
function fingerprintOf(body: unknown): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(body))) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16);
}

/**
 * Sends something that must not happen twice. The idempotency key is made once per attempt and kept,
 * over reloads too, until the API gives a definite answer, so that pressing the button again after a
 * lost answer gets the first one's result. An edited body is a new attempt.
 */
export async function attempt<T>(
  scope: string,
  body: unknown,
  send: (idempotencyKey: string) => Promise<T>,
): Promise<T> {
  const stored = attemptOf(scope);
  const fingerprint = fingerprintOf(body);
  const earlier = stored.read();
  const key = earlier?.fingerprint === fingerprint ? earlier.key : newKey();
  stored.write({ key, fingerprint });
  try {
    const result = await send(key);
    stored.clear();
    return result;
  } catch (error) {
    if (!isTransient(error)) stored.clear();
    throw error;
  }
}
