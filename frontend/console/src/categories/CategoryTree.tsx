import AddIcon from '@mui/icons-material/Add';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useGetList, useNotify } from 'react-admin';
import type { Category } from '../api/types';
import { messageOf } from '../data/errors';
import { Confirm } from '../parts/Confirm';
import { Empty } from '../parts/Empty';
import { Failure } from '../parts/Failure';
import { PageHeader } from '../parts/PageHeader';
import { Waiting } from '../parts/Waiting';
import { ALL_OF_THEM } from '../products/ProductFilters';
import { Branches } from './Branches';
import { CategoryDialog, type CategoryValues } from './CategoryDialog';
import { type Destination, moved } from './tree';

type Row = Category & { id: string };

type Dialog =
  | { kind: 'new'; parent: string | null }
  | { kind: 'edit'; category: Category }
  | { kind: 'delete'; category: Category };

/** The categories as the tree that they are, to be put in order. */
export function CategoryTree() {
  const dataProvider = useDataProvider();
  const notify = useNotify();
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useGetList<Row>('categories', ALL_OF_THEM);
  // While a move is on its way the tree is shown as it will be.
  const [ahead, setAhead] = useState<readonly Category[]>();
  const [dialog, setDialog] = useState<Dialog>();
  const [problem, setProblem] = useState<string>();
  const close = () => setDialog(undefined);
  const all = ahead ?? data ?? [];
  const refresh = () => client.invalidateQueries({ queryKey: ['categories'] });

  const move = async (category: Category, to: Destination) => {
    setProblem(undefined);
    setAhead(moved(all, category.slug, to));
    try {
      await dataProvider.update('categories', {
        id: category.slug,
        data: { ...category, ...to },
        previousData: { ...category, id: category.slug },
      });
    } catch (failure) {
      setProblem(messageOf(failure));
    }
    await refresh();
    setAhead(undefined);
  };
  const save = async ({ title, slug, parent, description }: CategoryValues) => {
    const values = { title, description, parent: parent || null };
    if (dialog?.kind === 'edit') {
      const { category } = dialog;
      const isMoved = (category.parent ?? null) !== values.parent;
      await dataProvider.update('categories', {
        id: category.slug,
        data: { ...category, ...values, ...(isMoved && { position: all.length }) },
        previousData: { ...category, id: category.slug },
      });
      notify(`“${title}” is saved.`, { type: 'success' });
    } else {
      await dataProvider.create('categories', { data: { ...values, slug } });
      notify(`“${title}” is added.`, { type: 'success' });
    }
    await refresh();
  };
  const add = (
    <Button
      variant="contained"
      color="secondary"
      startIcon={<AddIcon />}
      onClick={() => setDialog({ kind: 'new', parent: null })}
    >
      Add a category
    </Button>
  );
  const content = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    if (isPending) return <Waiting rows={8} />;
    if (all.length === 0) return <Empty title="No categories yet" action={add} />;
    return (
      <Branches
        all={all}
        busy={ahead !== undefined}
        onMove={(category, to) => void move(category, to)}
        onAdd={(parent) => setDialog({ kind: 'new', parent })}
        onEdit={(category) => setDialog({ kind: 'edit', category })}
        onDelete={(category) => setDialog({ kind: 'delete', category })}
      />
    );
  };
  return (
    <>
      <PageHeader
        title="Categories"
        intro="In the order in which the shop shows them, up to three deep. Drag them by their handles, or move them with the arrows."
        actions={add}
      />
      {problem && (
        <Alert severity="error" sx={{ mb: 2 }} onClose={() => setProblem(undefined)}>
          Not moved: {problem}
        </Alert>
      )}
      <Card>
        <Box>{content()}</Box>
      </Card>
      {(dialog?.kind === 'new' || dialog?.kind === 'edit') && (
        <CategoryDialog
          all={all}
          {...(dialog.kind === 'edit' ? { category: dialog.category } : { parent: dialog.parent })}
          onSave={save}
          onClose={close}
        />
      )}
      <Confirm
        open={dialog?.kind === 'delete'}
        title={`Delete “${dialog?.kind === 'delete' ? dialog.category.title : ''}”?`}
        confirm="Delete"
        onClose={close}
        onConfirm={async () => {
          if (dialog?.kind !== 'delete') return;
          const { category } = dialog;
          await dataProvider.delete('categories', {
            id: category.slug,
            previousData: { ...category, id: category.slug },
          });
          await refresh();
          notify(`“${category.title}” is deleted.`, { type: 'success' });
        }}
      >
        No product stands in it. Links to its page will lead nowhere.
      </Confirm>
    </>
  );
}
