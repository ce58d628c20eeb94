import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Form, useNotify } from 'react-admin';
import { type FieldValues, useWatch } from 'react-hook-form';
import { useIsAdmin } from '../../auth/useUser';
import { messageOf } from '../../data/errors';
import { useDesk } from '../../data/useDesk';
import { resolverOf } from '../../lib/resolver';
import { Failure } from '../../parts/Failure';
import { FormProblem, submitted } from '../../parts/FormDialog';
import { Onward } from '../../parts/Onward';
import { PageHeader } from '../../parts/PageHeader';
import { Panel } from '../../parts/Panel';
import { SaveBar } from '../../parts/SaveBar';
import { Waiting } from '../../parts/Waiting';
import { NotPermitted } from '../../shell/Messages';
import { useAttemptKey } from '../parts/attempts';
import { useAdapters } from '../parts/useAdapters';
import type { Adapters } from '../types';
import { sentence } from '../words';
import { AdapterChoice, startOf } from './AdapterChoice';
import { AdapterFields, OptionalFields } from './AdapterFields';
import { ConfigurationEditor } from './ConfigurationEditor';
import { showConfiguration } from './configuration';
import { BLANK, type SupplierValues, toInput, validateSupplier } from './form';
import { SecretField } from './SecretField';
import { NameField, SettingsPanels } from './SettingsFields';
import { BACK, supplierPath } from './SupplierHeader';

/** The key is typed with all else, and goes its own way once the supplier exists. */
type Values = SupplierValues & { credential: string };

const resolver = resolverOf<Values>(validateSupplier);

const HOW = [
  'Say how it is spoken to, and start from a ready configuration.',
  'Fill in its address and its key.',
  'Add it. It gets no work yet: test the connection, add its offers, then start it.',
];

function Steps() {
  return (
    <Box component="ol" sx={{ m: 0, pl: 2.5 }}>
      {HOW.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </Box>
  );
}

function Fields({ adapters }: { adapters: Adapters }) {
  const kind = useWatch<Values, 'adapter'>({ name: 'adapter' });
  const adapter = adapters.items.find(({ id }) => id === kind);
  return (
    <Stack spacing={2.5}>
      <Panel title="In three steps">
        <Steps />
      </Panel>
      <Panel title="Who it is">
        <Stack spacing={2}>
          <NameField autoFocus />
          <AdapterChoice adapters={adapters} />
        </Stack>
      </Panel>
      {adapter && adapter.fields.length > 0 && (
        <Panel
          title="Where it is, and its key"
          intro="These are the settings that nearly always need a change; they are part of the configuration below."
        >
          <Stack spacing={2}>
            <AdapterFields adapter={adapter} />
            {adapter.credential !== null && (
              <SecretField
                source="credential"
                label="Key"
                helperText={`${sentence(adapter.credential)} It is kept encrypted and never shown again; it can be set later too.`}
              />
            )}
            <OptionalFields adapter={adapter} />
          </Stack>
        </Panel>
      )}
      {adapter && adapter.operations.length > 0 && (
        <Panel
          title="Configuration"
          intro="What is sent and how answers are read. A preset or the simulator’s example works as it is."
        >
          <ConfigurationEditor adapter={adapter} />
        </Panel>
      )}
      <SettingsPanels />
    </Stack>
  );
}

function CreateForm({ adapters }: { adapters: Adapters }) {
  const desk = useDesk();
  const notify = useNotify();
  const client = useQueryClient();
  const keyOf = useAttemptKey();
  const [made, setMade] = useState<string>();
  const example = showConfiguration(startOf(adapters, BLANK.adapter, ''));

  const create = ({ credential, ...values }: Values) =>
    submitted(async () => {
      const input = toInput(values);
      const { id, name } = await desk.createSupplier(input, keyOf(input));
      await client.invalidateQueries({ queryKey: ['suppliers'] });
      try {
        if (credential.trim() !== '') await desk.putSupplierSecret(id, 'credential', credential.trim());
        notify(`“${name}” is added. Now test the connection.`, { type: 'success' });
      } catch (error) {
        // The supplier is there: its page has the place to set the key.
        notify(`“${name}” is added, but its key could not be kept: ${messageOf(error)}`, { type: 'error' });
      }
      setMade(`${supplierPath(id)}?tab=connection`);
    });
  return (
    <Form
      noValidate
      warnWhenUnsavedChanges
      disableInvalidFormNotification
      defaultValues={{ ...BLANK, configuration: example, credential: '' }}
      resolver={resolver}
      onSubmit={(values: FieldValues) => create(values as Values) as never}
    >
      <FormProblem />
      <Fields adapters={adapters} />
      <SaveBar save="Add the supplier" />
      <Onward to={made} />
    </Form>
  );
}

/** A new supplier, which gets no work before it is started. */
export function SupplierCreate() {
  const isAdmin = useIsAdmin();
  const { data, error, isPending, refetch } = useAdapters();
  if (!isAdmin) return <NotPermitted />;
  const content = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    if (isPending) return <Waiting rows={8} />;
    return <CreateForm adapters={data} />;
  };
  return (
    <>
      <PageHeader title="Add a supplier" back={BACK} />
      {content()}
    </>
  );
}
