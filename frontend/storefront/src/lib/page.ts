import { useEffect } from 'react';

/** Names the page in the tab, the history and the screen reader's first words. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Ironmonger` : 'Ironmonger';
  }, [title]);
}

interface PageWords {
  title: string | undefined;
  /** For search engines; the shop's own stands where a page has none. */
  description?: string | undefined;
  /** The one address of this page, as a path, however it was reached. */
  canonical?: string | undefined;
}

/** Tells search engines what a page is about, and takes it back when the page is left. */
export function usePage({ title, description, canonical }: PageWords): void {
  usePageTitle(title);
  useEffect(() => {
    const tag = document.head.querySelector('meta[name="description"]');
    const before = tag?.getAttribute('content');
    if (!tag || before == null || !description) return;
    tag.setAttribute('content', description);
    return () => tag.setAttribute('content', before);
  }, [description]);
  useEffect(() => {
    if (!canonical) return;
    const link = document.createElement('link');
    link.rel = 'canonical';
    link.href = new URL(canonical, window.location.origin).href;
    document.head.append(link);
    return () => link.remove();
  }, [canonical]);
}
