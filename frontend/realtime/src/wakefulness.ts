/** How long a tab may be out of sight before it lets go of its connection, in milliseconds. */
export const HIDDEN_GRACE_MS = 60_000;

/** Whether there is anybody to tell, and a network to hear it by. */
export interface Wakefulness {
  /** Whether somebody looks at the page, or did a moment ago. */
  awake(): boolean;
  online(): boolean;
  stop(): void;
}

/**
 * Watches the page: a tab that is hidden, or kept for going back to, is asleep and holds no connection. `onChange`
 * follows each change; `onReturn` says that somebody is back before the page fell asleep, so that a connection that
 * broke unnoticed, as in a laptop that was closed, can be found out at once.
 */
export function watchPage({
  onChange,
  onReturn,
}: {
  onChange: () => void;
  onReturn: () => void;
}): Wakefulness {
  let asleep = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const become = (next: boolean) => {
    clearTimeout(timer);
    timer = undefined;
    if (asleep === next) return false;
    asleep = next;
    onChange();
    return true;
  };
  const look = () => {
    if (document.visibilityState === 'visible') {
      if (!become(false)) onReturn();
    } else {
      timer ??= setTimeout(() => become(true), HIDDEN_GRACE_MS);
    }
  };
  const leave = () => void become(true);
  const arrive = () => void (document.visibilityState === 'visible' && become(false));

  document.addEventListener('visibilitychange', look);
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', arrive);
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  if (document.visibilityState !== 'visible') look();
  return {
    awake: () => !asleep,
    online: () => navigator.onLine,
    stop() {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', arrive);
      window.removeEventListener('online', onChange);
      window.removeEventListener('offline', onChange);
    },
  };
}
