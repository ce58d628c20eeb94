import { expect, type Page, type WebSocketRoute } from '@playwright/test';

/** How long a page may take to hear of things as they happen. */
const CONNECTING_TIMEOUT_MS = 30_000;

/** How long news may be on its way; pages that are told ask by themselves only every two minutes. */
export const PUSH_TIMEOUT_MS = 30_000;

/** Waits until the page says that it hears of things as they happen, or that it does not. */
export async function expectLive(page: Page, liveness: 'live' | 'reconnecting' = 'live'): Promise<void> {
  await expect(page.getByTestId('live')).toHaveAttribute('data-live', liveness, {
    timeout: CONNECTING_TIMEOUT_MS,
  });
}

/** A page's connections for news, which can be cut while the API still answers. */
export interface Line {
  cut(): Promise<void>;
  mend(): void;
}

/** Takes a page's connections for news in hand; to be called before it is opened. */
export async function lineOf(page: Page): Promise<Line> {
  const open = new Set<WebSocketRoute>();
  let isCut = false;
  await page.routeWebSocket(/\/live$/, async (socket) => {
    if (isCut) {
      await socket.close({ code: 1001 });
      return;
    }
    open.add(socket);
    open.add(socket.connectToServer());
  });
  return {
    async cut() {
      isCut = true;
      await Promise.all([...open].map((socket) => socket.close({ code: 1001 })));
      open.clear();
    },
    mend() {
      isCut = false;
    },
  };
}

/** Marks the page as it is, so that one can tell whether it was loaded anew since. */
export async function mark(page: Page): Promise<{ expectSamePage: () => Promise<void> }> {
  await page.evaluate(() => Object.assign(window, { markOfTest: true }));
  return {
    expectSamePage: async () => {
      expect(await page.evaluate(() => 'markOfTest' in window)).toBe(true);
    },
  };
}
