import { useRef } from 'react';

/**
 * Keys for requests that must not happen twice: the same request again, as after a lost answer, has the key of
 * before; another one has a new key.
 */
export function useAttemptKey(): (request: unknown) => string {
  const attempt = useRef({ key: '', of: '' });
  return (request) => {
    const of = JSON.stringify(request);
    if (attempt.current.of !== of) attempt.current = { key: crypto.randomUUID(), of };
    return attempt.current.key;
  };
}
