import Stack from '@mui/material/Stack';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EditBase, Form, useEditContext, useNotify } from 'react-admin';
import { type FieldValues, useFormState } from 'react-hook-form';
import { useIsAdmin, useMayUse } from '../../auth/useUser';
import { ConflictDialog } from '../../conflicts/ConflictDialog';
import { type Conflict, conflictOf } from '../../conflicts/conflict';
import { resolverOf } from '../../lib/resolver';
import { Failure } from '../../parts/Failure';
import { FormProblem } from '../../parts/FormDialog';
import { type FormTab, FormTabs } from '../../parts/FormTabs';
import { PageHeader } from '../../parts/PageHeader';
import { Panel } from '../../parts/Panel';
import { SaveBar } from '../../parts/SaveBar';
import { Waiting } from '../../parts/Waiting';
import { HistoryTab } from '../../products/HistoryTab';
import { notifyRefusal } from '../../products/notifyRefusal';
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

function Content({ conflict, onDone }: { conflict: Conflict<Supplier> | undefined; onDone: () => void }) {
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
    <>
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
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          fields={supplierFields}
          onReload={async () => {
            await refetch();
            onDone();
          }}
          onTakeOver={async (merged) => {
            onDone();
            await save?.(merged);
          }}
          onClose={onDone}
        />
      )}
    </>
  );
}

/** A supplier with all that belongs to it. */
export function SupplierEdit() {
  const notify = useNotify();
  const client = useQueryClient();
  const [conflict, setConflict] = useState<Conflict<Supplier>>();
  return (
    <EditBase
      mutationMode="pessimistic"
      redirect={false}
      mutationOptions={{
        onSuccess: ({ name }: Supplier) => {
          // Lists have shorter rows, which react-admin would fill up with this record's fields.
          client.removeQueries({ queryKey: ['suppliers', 'getList'] });
          notify(`“${name}” is saved.`, { type: 'success' });
        },
        onError: (error: unknown, variables: unknown) => {
          const found = conflictOf<Supplier>(error, variables);
          if (found) setConflict(found);
          else notifyRefusal(error, notify);
        },
      }}
    >
      <Content conflict={conflict} onDone={() => setConflict(undefined)} />
    </EditBase>
  );
}
