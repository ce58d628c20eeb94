import Stack from '@mui/material/Stack';
import { Form, useEditContext } from 'react-admin';
import { type FieldValues, useFormState } from 'react-hook-form';
import { HistoryTab } from '../../audit/HistoryTab';
import { useIsAdmin, useMayUse } from '../../auth/useUser';
import { EditWithConflicts } from '../../conflicts/EditWithConflicts';
import { resolverOf } from '../../lib/resolver';
import { Failure } from '../../parts/Failure';
import { FormProblem } from '../../parts/FormDialog';
import { type FormTab, FormTabs } from '../../parts/FormTabs';
import { PageHeader } from '../../parts/PageHeader';
import { Panel } from '../../parts/Panel';
import { SaveBar } from '../../parts/SaveBar';
import { Waiting } from '../../parts/Waiting';
import type { Supplier } from '../types';
import { ConnectionTab } from './ConnectionTab';
import { type SupplierValues, toInput, toValues, validateSupplier } from './form';
import { NextSteps } from './NextSteps';
import { NameField, SettingsPanels } from './SettingsFields';
import { BACK, SupplierHeader } from './SupplierHeader';
import { SettingsSummary } from './SupplierSummary';
import { supplierFields } from './supplierFields';
import { WebhookPanel } from './WebhookPanel';

/** The version that the form was filled from goes with its values. */
type Values = SupplierValues & { version: number };

const resolver = resolverOf<Values>(validateSupplier);

/** A list's row may be at hand before the supplier itself is. */
const isWhole = (record: Supplier | undefined): record is Supplier =>
  record !== undefined && 'configuration' in record;

function Settings({ supplier }: { supplier: Supplier }) {
  return (
    <Stack spacing={2.5}>
      <Panel title="Who it is">
        <NameField />
      </Panel>
      <SettingsPanels spent={supplier.spent} />
    </Stack>
  );
}

function Header({ supplier, onChange }: { supplier: Supplier; onChange: () => void }) {
  const { isDirty } = useFormState();
  return <SupplierHeader supplier={supplier} disabled={isDirty} onChange={onChange} />;
}

function tabsOf(supplier: Supplier, isAdmin: boolean, seesHistory: boolean, onChange: () => void): FormTab[] {
  return [
    {
      id: 'settings',
      label: 'Settings',
      fields: ['name', 'priority', 'weight', 'budget', 'limits'],
      content: isAdmin ? <Settings supplier={supplier} /> : <SettingsSummary supplier={supplier} />,
    },
    {
      id: 'connection',
      label: 'Connection',
      fields: ['configuration'],
      content: <ConnectionTab supplier={supplier} onChange={onChange} />,
    },
    ...(isAdmin
      ? [
          {
            id: 'webhooks',
            label: 'Webhooks',
            fields: ['webhook'],
            content: <WebhookPanel supplier={supplier} onChange={onChange} />,
          },
        ]
      : []),
    ...(seesHistory
      ? [
          {
            id: 'history',
            label: 'History',
            fields: [],
            lazy: true,
            content: <HistoryTab kind="supplier" id={supplier.id} />,
          },
        ]
      : []),
  ];
}

function Content() {
  const { record, save, refetch, error } = useEditContext<Supplier>();
  const isAdmin = useIsAdmin();
  const mayUse = useMayUse();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!isWhole(record)) {
    return (
      <>
        <PageHeader title="Supplier" back={BACK} />
        <Waiting rows={10} />
      </>
    );
  }
  const onChange = () => void refetch();
  const submit = ({ version, ...values }: Values) => save?.({ ...record, ...toInput(values), version });
  return (
    <Form
      noValidate
      warnWhenUnsavedChanges
      disableInvalidFormNotification
      record={{ id: record.id, ...toValues(record), version: record.version }}
      resolver={resolver}
      onSubmit={(values: FieldValues) => submit(values as Values) as never}
    >
      <Header supplier={record} onChange={onChange} />
      <NextSteps supplier={record} />
      <FormProblem />
      <FormTabs tabs={tabsOf(record, isAdmin, mayUse('audit'), onChange)} label="Parts of the supplier" />
      {isAdmin && <SaveBar save="Save" />}
    </Form>
  );
}

/** A supplier with all that belongs to it. */
export function SupplierEdit() {
  return (
    <EditWithConflicts<Supplier> nameOf={({ name }) => name} fields={supplierFields}>
      <Content />
    </EditWithConflicts>
  );
}
