import { useLocation } from '@tanstack/react-router';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useAnnounce } from './Announcer';
import { CloseIcon, TickIcon } from './Icons';

interface Notices {
  text: string | undefined;
  show: (text: string | undefined) => void;
}

const NoticeContext = createContext<Notices>({ text: undefined, show: () => undefined });

/** Holds what the shop has to say after something that was done, until the page after next. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const [text, setText] = useState<string>();
  const announce = useAnnounce();
  const show = useCallback(
    (next: string | undefined) => {
      setText(next);
      if (next) announce(next);
    },
    [announce],
  );
  const notices = useMemo(() => ({ text, show }), [text, show]);
  return <NoticeContext value={notices}>{children}</NoticeContext>;
}

/** Says something on the page that is shown next. */
export function useNotice(): (text: string | undefined) => void {
  return useContext(NoticeContext).show;
}

/** What there is to say, above the page. */
export function NoticeBar() {
  const { text, show } = useContext(NoticeContext);
  const path = useLocation({ select: (location) => location.pathname });
  const shownOn = useRef<string>(undefined);
  useEffect(() => {
    if (!text) shownOn.current = undefined;
    else if (shownOn.current === undefined) shownOn.current = path;
    else if (shownOn.current !== path) show(undefined);
  }, [text, path, show]);
  if (!text) return null;
  return (
    <div className="mx-auto max-w-7xl px-4 pt-4 lg:px-8">
      <div className="rise flex items-center gap-3 rounded-lg bg-enamel-100 py-1.5 pr-1.5 pl-4 text-enamel-900">
        <TickIcon />
        <p className="flex-1 font-semibold">{text}</p>
        <button
          type="button"
          aria-label="Dismiss"
          className="grid size-11 cursor-pointer place-items-center rounded-md hover:bg-enamel-300"
          onClick={() => show(undefined)}
        >
          <CloseIcon />
        </button>
      </div>
    </div>
  );
}
