import AddIcon from '@mui/icons-material/Add';
import ImportIcon from '@mui/icons-material/UploadFileOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Stack from '@mui/material/Stack';
import { type Ref, useRef, useState } from 'react';
import { ListBase, useListContext, useNotify } from 'react-admin';
import { PAGE_SIZE } from '../../data/provider';
import { useDesk } from '../../data/useDesk';
import { ExportButton } from '../../imports/ExportButton';
import { Confirm } from '../../parts/Confirm';
import { Empty } from '../../parts/Empty';
import { FilterBar, SearchFilter } from '../../parts/Filters';
import { ListBody } from '../../parts/ListParts';
import { NextSteps } from '../suppliers/NextSteps';
import { SupplierPage } from '../suppliers/SupplierHeader';
import type { Offer } from '../types';
import { type OfferValues, toOfferInput } from './form';
import { OfferForm } from './OfferForm';
import { OfferImportPanel } from './OfferImportPanel';
import { OfferRows } from './OfferRows';

type Open = { kind: 'new' } | { kind: 'import' } | { kind: 'edit' | 'delete'; offer: Offer };

/** The version of an offer that there is none of yet. */
const NEW = 0;

function Content({ supplierId }: { supplierId: string }) {
  const desk = useDesk();
  const notify = useNotify();
  const { refetch } = useListContext<Offer & { id: string }>();
  const [open, setOpen] = useState<Open>();
  const addButton = useRef<HTMLButtonElement>(null);
  const close = () => {
    // What is closed takes the focus with it; a row's form gives it back to its row.
    if (open?.kind === 'new' || open?.kind === 'import') addButton.current?.focus();
    setOpen(undefined);
  };
  const done = (message: string) => {
    notify(message, { type: 'success' });
    close();
    void refetch();
  };
  const save = (version: number) => async (values: OfferValues) => {
    const sku = values.sku.trim();
    await desk.putOffer(supplierId, sku, toOfferInput(values), version);
    done(`The offer for ${sku} is saved.`);
  };
  const add = (ref?: Ref<HTMLButtonElement>) => (
    <Button
      {...(ref && { ref })}
      variant="contained"
      color="secondary"
      startIcon={<AddIcon />}
      onClick={() => setOpen({ kind: 'new' })}
    >
      Add an offer
    </Button>
  );
  return (
    <Stack spacing={2.5}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, justifyContent: 'flex-end' }}>
        <ExportButton
          what="The offers are"
          fileName="offers"
          fetchPage={(cursor, signal) => desk.exportOffers(supplierId, cursor, signal)}
        />
        <Button variant="outlined" startIcon={<ImportIcon />} onClick={() => setOpen({ kind: 'import' })}>
          Import CSV
        </Button>
        {add(addButton)}
      </Box>
      {open?.kind === 'new' && (
        <Card sx={{ px: 2.5, py: 1 }}>
          <OfferForm onSave={save(NEW)} onClose={close} />
        </Card>
      )}
      {open?.kind === 'import' && (
        <OfferImportPanel supplierId={supplierId} onDone={() => void refetch()} onClose={close} />
      )}
      <div>
        <ListBody
          filters={
            <FilterBar>
              <SearchFilter source="sku" label="Find by SKU" hint="HT-CLAW-16" />
            </FilterBar>
          }
          empty={
            <Empty title="No offers yet" action={add()}>
              Without an offer for a SKU, the supplier gets no orders for it. Many at once come in as CSV.
            </Empty>
          }
        >
          <OfferRows
            edited={open?.kind === 'edit' ? open.offer.sku : undefined}
            onEdit={(offer) => setOpen({ kind: 'edit', offer })}
            onDelete={(offer) => setOpen({ kind: 'delete', offer })}
            form={(offer) => (
              <OfferForm key={offer.version} offer={offer} onSave={save(offer.version)} onClose={close} />
            )}
          />
        </ListBody>
      </div>
      <Confirm
        open={open?.kind === 'delete'}
        title={`Delete the offer for ${open?.kind === 'delete' ? open.offer.sku : ''}?`}
        confirm="Delete"
        onClose={close}
        onConfirm={async () => {
          if (open?.kind !== 'delete') return;
          await desk.deleteOffer(supplierId, open.offer.sku);
          done(`The offer for ${open.offer.sku} is deleted.`);
        }}
      >
        The supplier gets no more orders for it. Tasks that it has already are not touched.
      </Confirm>
    </Stack>
  );
}

function Offers({ supplierId }: { supplierId: string }) {
  return (
    <ListBase
      resource="offers"
      perPage={PAGE_SIZE}
      disableSyncWithLocation
      storeKey={false}
      exporter={false}
      filter={{ supplier: supplierId }}
    >
      <Content supplierId={supplierId} />
    </ListBase>
  );
}

/** What a supplier offers. */
export function OffersPage() {
  return (
    <SupplierPage>
      {(supplier) => (
        <>
          <NextSteps supplier={supplier} />
          <Offers supplierId={supplier.id} />
        </>
      )}
    </SupplierPage>
  );
}
