import AddIcon from '@mui/icons-material/Add';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import EditIcon from '@mui/icons-material/EditOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { useDataProvider, useListContext, useNotify } from 'react-admin';
import type { Brand } from '../api/types';
import { Confirm } from '../parts/Confirm';
import { DataRows } from '../parts/DataRows';
import { Empty } from '../parts/Empty';
import { FormDialog } from '../parts/FormDialog';
import { CursorList, ListBody } from '../parts/ListParts';
import { PageHeader } from '../parts/PageHeader';
import { RowLink } from '../parts/RowLink';
import { TextControl } from '../parts/TextControl';

type Row = Brand & { id: string };
type Dialog = { kind: 'new' } | { kind: 'edit' | 'delete'; brand: Row };

function Rows({ onOpen }: { onOpen: (dialog: Dialog) => void }) {
  return (
    <DataRows<Row>
      label="Brands"
      columns={[
        {
          label: 'Brand',
          render: (brand) => (
            <>
              <RowLink to={`/products?filter=${encodeURIComponent(JSON.stringify({ brand: brand.slug }))}`}>
                {brand.title}
              </RowLink>
              <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
                {brand.slug}
              </Box>
            </>
          ),
        },
        {
          label: 'Actions',
          quiet: true,
          render: (brand) => (
            <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
              <IconButton
                size="small"
                aria-label={`Edit ${brand.title}`}
                onClick={() => onOpen({ kind: 'edit', brand })}
              >
                <EditIcon fontSize="small" />
              </IconButton>
              <IconButton
                size="small"
                aria-label={`Delete ${brand.title}`}
                onClick={() => onOpen({ kind: 'delete', brand })}
              >
                <DeleteIcon fontSize="small" />
              </IconButton>
            </Box>
          ),
        },
      ]}
    />
  );
}

function Content() {
  const dataProvider = useDataProvider();
  const notify = useNotify();
  const { refetch } = useListContext<Row>();
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const done = (message: string) => {
    notify(message, { type: 'success' });
    void refetch();
  };
  const add = (
    <Button
      variant="contained"
      color="secondary"
      startIcon={<AddIcon />}
      onClick={() => setDialog({ kind: 'new' })}
    >
      Add a brand
    </Button>
  );
  const edited = dialog?.kind === 'edit' ? dialog.brand : undefined;
  return (
    <>
      <PageHeader title="Brands" intro="Who makes what the shop sells." actions={add} />
      <ListBody empty={<Empty title="No brands yet" action={add} />}>
        <Rows onOpen={setDialog} />
      </ListBody>
      {(dialog?.kind === 'new' || edited) && (
        <FormDialog<{ title: string; slug?: string }>
          open
          title={edited ? `Rename “${edited.title}”` : 'New brand'}
          intro={edited && 'The name changes wherever the brand is shown; its address stays.'}
          save={edited ? 'Save' : 'Add'}
          defaultValues={{ title: edited?.title ?? '', slug: '' }}
          validate={({ title }) => ({ title: title?.trim() ? undefined : 'Give a name.' })}
          onSave={async (values) => {
            if (edited) {
              await dataProvider.update('brands', {
                id: edited.slug,
                data: { ...edited, title: values.title },
                previousData: edited,
              });
            } else await dataProvider.create('brands', { data: values });
            done(edited ? 'The brand is renamed.' : `“${values.title}” is added.`);
          }}
          onClose={close}
        >
          <TextControl source="title" label="Name" max={100} required autoFocus />
          {!edited && (
            <TextControl
              source="slug"
              label="Address"
              max={100}
              helperText="Made of the name, if left empty."
            />
          )}
        </FormDialog>
      )}
      <Confirm
        open={dialog?.kind === 'delete'}
        title={`Delete “${dialog?.kind === 'delete' ? dialog.brand.title : ''}”?`}
        confirm="Delete"
        onClose={close}
        onConfirm={async () => {
          if (dialog?.kind !== 'delete') return;
          await dataProvider.delete('brands', { id: dialog.brand.slug, previousData: dialog.brand });
          done(`“${dialog.brand.title}” is deleted.`);
        }}
      >
        A brand that still has products cannot be deleted.
      </Confirm>
    </>
  );
}

/** The brands. */
export function BrandList() {
  return (
    <CursorList>
      <Content />
    </CursorList>
  );
}
