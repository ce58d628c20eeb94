import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';
import type { Category } from '../api/types';
import { FormDialog } from '../parts/FormDialog';
import { TextControl } from '../parts/TextControl';
import { inOrder, mayHold, mayStandIn } from './tree';

const TOP = '';

export interface CategoryValues {
  title: string;
  slug: string;
  parent: string;
  description: string;
}

function ParentField({ all, of }: { all: readonly Category[]; of: Category | undefined }) {
  const {
    field: { ref, value, ...field },
    fieldState: { error },
  } = useController<CategoryValues>({ name: 'parent' });
  const free = of
    ? inOrder(all)
        .map(({ category }) => category)
        .filter(({ slug }) => mayStandIn(of.slug, slug, all))
    : mayHold(all);
  const depths = new Map(inOrder(all).map(({ category, depth }) => [category.slug, depth]));
  return (
    <TextField
      {...field}
      select
      value={value ?? TOP}
      label="Stands in"
      inputRef={ref}
      error={error !== undefined}
      helperText={error?.message}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
    >
      <MenuItem value={TOP}>The top: a department</MenuItem>
      {free.map(({ slug, title }) => (
        <MenuItem key={slug} value={slug}>
          {'\u2003'.repeat(depths.get(slug) ?? 0)}
          {title}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** Writes a new category, or changes one. */
export function CategoryDialog({
  category,
  parent,
  all,
  onSave,
  onClose,
}: {
  category?: Category;
  /** Where a new one is proposed to stand. */
  parent?: string | null;
  all: readonly Category[];
  onSave: (values: CategoryValues) => Promise<unknown>;
  onClose: () => void;
}) {
  return (
    <FormDialog<CategoryValues>
      open
      title={category ? `Change “${category.title}”` : 'New category'}
      save={category ? 'Save' : 'Add'}
      defaultValues={{
        title: category?.title ?? '',
        slug: category?.slug ?? '',
        parent: (category ? category.parent : parent) ?? TOP,
        description: category?.description ?? '',
      }}
      validate={({ title }) => ({ title: title?.trim() ? undefined : 'Give a name.' })}
      onSave={onSave}
      onClose={onClose}
    >
      <TextControl source="title" label="Name" max={100} required autoFocus />
      {!category && (
        <TextControl
          source="slug"
          label="Address"
          max={100}
          helperText="Made of the name, if left empty. It cannot be changed later."
        />
      )}
      <ParentField all={all} of={category} />
      <TextControl
        source="description"
        label="Description"
        max={1000}
        rows={3}
        helperText="Stands above its products."
      />
    </FormDialog>
  );
}
