import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Footer } from './Footer';
import { Header } from './Header';
import { NoticeBar } from './Notice';

/** What every page has around it. */
export function Layout() {
  const path = useLocation({ select: (location) => location.pathname });
  const main = useRef<HTMLElement>(null);
  const shownPath = useRef(path);

  // A new page starts at its content for the keyboard and the screen reader too, not where the last
  // page's link was.
  useEffect(() => {
    if (shownPath.current === path) return;
    shownPath.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);

  return (
    <div className="flex min-h-dvh flex-col">
      {/* biome-ignore lint/a11y/useValidAnchor: it leads within the page, but must not touch the address,
          whose fragment holds an order's token */}
      <a
        href="#main"
        className="btn btn-main fixed top-2 left-2 z-50 -translate-y-24 focus-visible:translate-y-0"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1} className="flex-1">
        <NoticeBar />
        <Outlet />
      </main>
      <Footer />
    </div>
  );
}
