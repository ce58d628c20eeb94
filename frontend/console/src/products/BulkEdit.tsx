import CategoryIcon from '@mui/icons-material/AccountTreeOutlined';
import StatusIcon from '@mui/icons-material/FlagOutlined';
import PriceIcon from '@mui/icons-material/SellOutlined';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useListContext } from 'react-admin';
import type { BulkChange, ProductRow } from '../api/types';
import { BulkDialog } from './BulkDialog';

const KINDS = [
  { kind: 'price', label: 'Change prices', icon: <PriceIcon /> },
  { kind: 'status', label: 'Change status', icon: <StatusIcon /> },
  { kind: 'categories', label: 'Change categories', icon: <CategoryIcon /> },
] as const satisfies readonly { kind: BulkChange['kind']; label: string; icon: React.ReactNode }[];

/** What can be done to the selected products together. */
export function BulkEdit() {
  const { selectedIds, data = [], onUnselectItems, refetch } = useListContext<ProductRow>();
  const [kind, setKind] = useState<BulkChange['kind']>();
  const rows = data.filter(({ id }) => selectedIds.includes(id));
  return (
    <>
      {KINDS.map(({ kind: own, label, icon }) => (
        <Button key={own} size="small" startIcon={icon} onClick={() => setKind(own)}>
          {label}
        </Button>
      ))}
      {kind && (
        <BulkDialog
          kind={kind}
          rows={rows}
          onClose={(changed) => {
            setKind(undefined);
            if (changed) {
              onUnselectItems();
              void refetch();
            }
          }}
        />
      )}
    </>
  );
}
