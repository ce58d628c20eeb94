import { type ReactNode, useState } from 'react';
import type { StockLevel } from '../api/types';
import { AdjustDialog } from './AdjustDialog';
import { ThresholdDialog } from './ThresholdDialog';

/** What the dialogs are about. */
interface Subject {
  sku: string;
  title: string;
  level: StockLevel;
}

/** The two dialogs about a SKU's stock, opened by the two functions. */
export function useStockDialogs(onDone: (sku: string, level: StockLevel) => void): {
  adjust: (subject: Subject) => void;
  setThreshold: (subject: Subject) => void;
  dialogs: ReactNode;
} {
  const [open, setOpen] = useState<{ kind: 'adjust' | 'threshold'; subject: Subject }>();
  const close = () => setOpen(undefined);
  const done = (level: StockLevel) => {
    if (open) onDone(open.subject.sku, level);
  };
  const dialogs = open && (
    <>
      {open.kind === 'adjust' && <AdjustDialog {...open.subject} onDone={done} onClose={close} />}
      {open.kind === 'threshold' && <ThresholdDialog {...open.subject} onDone={done} onClose={close} />}
    </>
  );
  return {
    adjust: (subject) => setOpen({ kind: 'adjust', subject }),
    setThreshold: (subject) => setOpen({ kind: 'threshold', subject }),
    dialogs,
  };
}
