/** The longest wait before the first attempt to connect again, in milliseconds. */
const FIRST_PAUSE_MS = 1_000;
/** The longest wait before any attempt, in milliseconds. */
export const LONGEST_PAUSE_MS = 60_000;

/**
 * How long to wait before the next attempt, in milliseconds, after so many that failed (0: the connection was
 * good until now). Half of it is chance, so that pages that were cut off together do not come back together.
 */
export function pauseBefore(failures: number, random: () => number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
  return (longest / 2) * (1 + random());
}

/** A moment's rest for what comes in bursts. */
export interface Settled {
  /** Something came: what is to be done follows once it is quiet. */
  call(): void;
  cancel(): void;
}

/** Does something once for a burst of calls: when `quietMs` have passed without another, or after `atMostMs`. */
export function settled(work: () => void, { quietMs = 300, atMostMs = 2_000 } = {}): Settled {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first = 0;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    cancel,
    call() {
      const now = Date.now();
      if (timer === undefined) first = now;
      clearTimeout(timer);
      const wait = Math.max(0, Math.min(quietMs, first + atMostMs - now));
      timer = setTimeout(() => {
        timer = undefined;
        work();
      }, wait);
    },
  };
}
