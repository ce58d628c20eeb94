import { useNotify } from 'react-admin';
import type { StockLevel } from '../api/types';
import { useDesk } from '../data/useDesk';
import { FormDialog } from '../parts/FormDialog';
import { TextControl } from '../parts/TextControl';
import { parseWhole } from './words';

/** Sets from when on a SKU counts as running low. */
export function ThresholdDialog({
  sku,
  level,
  onDone,
  onClose,
}: {
  sku: string;
  level: StockLevel;
  onDone: (level: StockLevel) => void;
  onClose: () => void;
}) {
  const desk = useDesk();
  const notify = useNotify();
  return (
    <FormDialog<{ threshold: string }>
      open
      title="When does it run low?"
      intro={`${sku} is listed as running low once so many pieces or fewer are available.`}
      save="Save"
      defaultValues={{ threshold: level.lowStockThreshold === null ? '' : String(level.lowStockThreshold) }}
      validate={({ threshold }) => {
        const text = threshold?.trim() ?? '';
        const value = parseWhole(text);
        return {
          threshold:
            text !== '' && (value === undefined || value < 0) ? 'A whole number, or nothing.' : undefined,
        };
      }}
      onSave={async ({ threshold }) => {
        const value = parseWhole(threshold?.trim() ?? '') ?? null;
        await desk.setStockThreshold(sku, value);
        notify(value === null ? `${sku} is not watched any more.` : `${sku} runs low at ${value}.`, {
          type: 'success',
        });
        onDone({ ...level, lowStockThreshold: value });
      }}
      onClose={onClose}
    >
      <TextControl
        source="threshold"
        label="Pieces"
        autoFocus
        helperText="Leave it empty not to be told."
        placeholder="5"
      />
    </FormDialog>
  );
}
