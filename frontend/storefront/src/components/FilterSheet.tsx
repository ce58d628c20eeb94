import { type ReactNode, useEffect, useRef } from 'react';
import { CloseIcon } from './Icons';

interface Props {
  /** How many products are left with the filters as they are. */
  total: number;
  onClose: () => void;
  children: ReactNode;
}

/** The filters on a phone: a sheet over the page, which keeps the focus until it is closed. */
export function FilterSheet({ total, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const sheet = dialog.current;
    sheet?.showModal();
    return () => sheet?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="filters-title"
      className="rise m-0 mt-auto max-h-[90dvh] w-full max-w-none flex-col rounded-t-2xl bg-white open:flex backdrop:bg-iron-950/60"
      onClose={onClose}
    >
      <div className="flex items-center justify-between border-b border-iron-200 py-2 pr-2 pl-5">
        <h2 id="filters-title" className="text-xl font-bold">
          Filters
        </h2>
        <button
          type="button"
          aria-label="Close the filters"
          className="grid size-12 cursor-pointer place-items-center rounded-lg hover:bg-enamel-100"
          onClick={onClose}
        >
          <CloseIcon />
        </button>
      </div>
      <div className="flex-1 overflow-y-auto px-5 py-4">{children}</div>
      <div className="border-t border-iron-200 p-3">
        <button type="button" className="btn btn-main w-full text-lg" onClick={onClose}>
          {total === 1 ? 'Show the one product' : `Show ${total} products`}
        </button>
      </div>
    </dialog>
  );
}
