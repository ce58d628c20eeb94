import Stack from '@mui/material/Stack';
import { useFormState } from 'react-hook-form';
import { useIsAdmin } from '../../auth/useUser';
import { Failure } from '../../parts/Failure';
import { Panel } from '../../parts/Panel';
import { Waiting } from '../../parts/Waiting';
import { useAdapters } from '../parts/useAdapters';
import type { Adapter, Supplier } from '../types';
import { AdapterFields, hasInput, OptionalFields } from './AdapterFields';
import { ConfigurationEditor } from './ConfigurationEditor';
import { SecretPanel } from './SecretPanel';
import { ConfigurationSummary } from './SupplierSummary';
import { TestPanel } from './TestPanel';

function Editable({ adapter }: { adapter: Adapter }) {
  return (
    <>
      {adapter.fields.some(hasInput) && (
        <Panel title="Where it is" intro="These settings are part of the configuration below.">
          <Stack spacing={2}>
            <AdapterFields adapter={adapter} />
            <OptionalFields adapter={adapter} />
          </Stack>
        </Panel>
      )}
      {adapter.operations.length > 0 && (
        <Panel title="Configuration" intro="What is sent and how answers are read.">
          <ConfigurationEditor adapter={adapter} />
        </Panel>
      )}
    </>
  );
}

/** How a supplier is spoken to, its key, and whether that works. */
export function ConnectionTab({ supplier, onChange }: { supplier: Supplier; onChange: () => void }) {
  const isAdmin = useIsAdmin();
  const { isDirty } = useFormState();
  const { data, error, isPending, refetch } = useAdapters();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting />;
  const adapter = data.items.find(({ id }) => id === supplier.adapter);
  if (!adapter) return <ConfigurationSummary supplier={supplier} />;
  return (
    <Stack spacing={2.5}>
      <TestPanel supplierId={supplier.id} isDirty={isDirty} />
      {adapter.credential !== null && (
        <SecretPanel supplier={supplier} name="credential" disabled={isDirty} onChange={onChange} />
      )}
      {isAdmin ? <Editable adapter={adapter} /> : <ConfigurationSummary supplier={supplier} />}
    </Stack>
  );
}
