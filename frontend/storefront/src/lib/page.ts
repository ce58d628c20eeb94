import { useEffect } from 'react';

/** Names the page in the tab, the history and the screen reader's first words. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Ironmonger` : 'Ironmonger';
  }, [title]);
}
