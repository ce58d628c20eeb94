/** How often something that takes its time is asked after, and for how long. */
export interface Pace {
  everyMs: number;
  atMostMs: number;
}

/** It took longer than one waits. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** Asks until the answer is final; the caller decides what is. */
export async function pollUntil<T>(
  ask: () => Promise<T>,
  isFinal: (answer: T) => boolean,
  { everyMs, atMostMs }: Pace,
  signal?: AbortSignal,
): Promise<T> {
  const end = Date.now() + atMostMs;
  for (;;) {
    const answer = await ask();
    if (isFinal(answer)) return answer;
    if (Date.now() + everyMs > end) throw new TookTooLong('This takes longer than usual.');
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    signal?.throwIfAborted();
  }
}
