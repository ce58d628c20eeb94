import ViewIcon from '@mui/icons-material/OpenInNew';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { Form, useEditContext } from 'react-admin';
import type { FieldValues } from 'react-hook-form';
import type { ConsoleProduct } from '../api/types';
import { HistoryTab } from '../audit/HistoryTab';
import { useMayUse } from '../auth/useUser';
import { EditWithConflicts } from '../conflicts/EditWithConflicts';
import { productFields } from '../conflicts/productFields';
import { ImagesTab } from '../images/ImagesTab';
import { resolverOf } from '../lib/resolver';
import { FormProblem } from '../parts/FormDialog';
import { type FormTab, FormTabs } from '../parts/FormTabs';
import { PageHeader } from '../parts/PageHeader';
import { SaveBar } from '../parts/SaveBar';
import { Status } from '../parts/Status';
import { Waiting } from '../parts/Waiting';
import { DetailsTab } from './DetailsTab';
import { isWhole } from './isWhole';
import { OptionsEditor } from './OptionsEditor';
import { StockTab } from './StockTab';
import { VariantsEditor } from './VariantsEditor';
import { validateProduct } from './validate';

const resolver = resolverOf<Partial<ConsoleProduct>>(validateProduct);

function EditForm() {
  const { record, save } = useEditContext<ConsoleProduct>();
  const mayUse = useMayUse();
  if (!isWhole(record)) {
    return (
      <>
        <PageHeader title="Product" back={{ to: '/products', label: 'Products' }} />
        <Waiting rows={10} />
      </>
    );
  }
  const tabs: FormTab[] = [
    {
      id: 'details',
      label: 'Details',
      fields: ['title', 'slug', 'description', 'status', 'brand', 'categories', 'seo'],
      content: <DetailsTab />,
    },
    {
      id: 'variants',
      label: 'Options and variants',
      fields: ['options', 'variants'],
      content: (
        <Stack spacing={2.5}>
          <OptionsEditor />
          <VariantsEditor />
        </Stack>
      ),
    },
    { id: 'images', label: 'Pictures', fields: ['images'], content: <ImagesTab product={record} /> },
    { id: 'stock', label: 'Stock', fields: [], content: <StockTab product={record} /> },
    ...(mayUse('audit')
      ? [
          {
            id: 'history',
            label: 'History',
            fields: [],
            lazy: true,
            content: <HistoryTab kind="product" id={record.id} />,
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader
        title={record.title}
        back={{ to: '/products', label: 'Products' }}
        beside={<Status of={record.status} />}
        actions={
          record.status === 'active' && (
            <Button
              component="a"
              href={`/products/${record.slug}`}
              target="_blank"
              rel="noopener"
              startIcon={<ViewIcon />}
            >
              See it in the shop
            </Button>
          )
        }
      />
      <Form
        noValidate
        warnWhenUnsavedChanges
        disableInvalidFormNotification
        record={record}
        resolver={resolver}
        onSubmit={(values: FieldValues) => save?.(values) as never}
      >
        <FormProblem />
        <FormTabs tabs={tabs} label="Parts of the product" />
        <SaveBar save="Save" />
      </Form>
    </>
  );
}

/** A product with all that belongs to it. */
export function ProductEdit() {
  return (
    <EditWithConflicts<ConsoleProduct> nameOf={({ title }) => title} fields={productFields}>
      <EditForm />
    </EditWithConflicts>
  );
}
