import Stack from '@mui/material/Stack';
import { CreateBase, Form, useCreateContext, useNotify, useRedirect } from 'react-admin';
import type { FieldValues } from 'react-hook-form';
import type { ConsoleProduct } from '../api/types';
import { notifyRefusal } from '../data/notifyRefusal';
import { resolverOf } from '../lib/resolver';
import { FormProblem } from '../parts/FormDialog';
import { PageHeader } from '../parts/PageHeader';
import { SaveBar } from '../parts/SaveBar';
import { DetailsTab } from './DetailsTab';
import { OptionsEditor } from './OptionsEditor';
import { NO_STOCK } from './options';
import { VariantsEditor } from './VariantsEditor';
import { validateProduct } from './validate';

const BLANK = {
  title: '',
  slug: '',
  description: '',
  brand: null,
  categories: [],
  status: 'draft',
  seo: { title: null, description: null },
  options: [],
  variants: [{ sku: '', title: '', options: {}, price: null, compareAtPrice: null, stock: NO_STOCK }],
  images: [],
};

const resolver = resolverOf<Partial<ConsoleProduct>>(validateProduct);

function CreateForm() {
  const { save } = useCreateContext();
  return (
    <Form
      noValidate
      warnWhenUnsavedChanges
      disableInvalidFormNotification
      defaultValues={BLANK}
      resolver={resolver}
      onSubmit={(values: FieldValues) => save?.(values) as never}
    >
      <FormProblem />
      <Stack spacing={2.5}>
        <DetailsTab />
        <OptionsEditor />
        <VariantsEditor />
      </Stack>
      <SaveBar save="Create" />
    </Form>
  );
}

/** A new product, as a draft unless one says otherwise. Pictures follow once it exists. */
export function ProductCreate() {
  const notify = useNotify();
  const redirect = useRedirect();
  return (
    <CreateBase
      mutationOptions={{
        onError: (error: unknown) => notifyRefusal(error, notify),
        onSuccess: ({ id, title }: { id: string; title: string }) => {
          notify(`“${title}” is created. Now add its pictures.`, { type: 'success' });
          redirect(`/products/${id}?tab=images`);
        },
      }}
    >
      <PageHeader title="New product" back={{ to: '/products', label: 'Products' }} />
      <CreateForm />
    </CreateBase>
  );
}
