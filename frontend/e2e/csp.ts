import { expect, type Page } from '@playwright/test';

/** What the browser refused to do because of the page's Content-Security-Policy. */
export interface Refusals {
  /** Fails where there was any, but for those that are `known`. */
  expectNone(known?: RegExp): Promise<void>;
}

/** Listens to what the browser refuses on each page that is opened from now on. */
export async function listenToRefusals(page: Page): Promise<Refusals> {
  const refused: string[] = [];
  // Before any script of a page runs; told at once, as the next page knows nothing of this one.
  await page.exposeFunction('tellOfRefusal', (text: string) => refused.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      const tell = (window as unknown as { tellOfRefusal: (text: string) => void }).tellOfRefusal;
      tell(
        `${location.pathname}: ${effectiveDirective} refuses ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`,
      );
    });
  });
  return {
    expectNone: async (known) => {
      // What the page does after it was drawn counts, too.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      const unknown = refused.filter((text) => !known?.test(text));
      expect(unknown, unknown.join('\n')).toEqual([]);
    },
  };
}
