import Stack from '@mui/material/Stack';
import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../data/useDesk';
import { Failure } from '../parts/Failure';
import { Panel } from '../parts/Panel';
import { TextControl } from '../parts/TextControl';
import { Waiting } from '../parts/Waiting';
import { MAX_DESCRIPTION } from './form';
import { TypesField } from './TypesField';

/** The most characters of an address. */
const MAX_URL = 2000;

/** What one says of a webhook. */
export function WebhookFields() {
  const desk = useDesk();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['webhook-event-types'],
    queryFn: ({ signal }) => desk.listWebhookEventTypes(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const types = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    return isPending ? <Waiting rows={4} /> : <TypesField types={data} />;
  };
  return (
    <Stack spacing={2.5}>
      <Panel title="Where">
        <Stack spacing={2}>
          <TextControl
            source="url"
            label="Address"
            max={MAX_URL}
            required
            placeholder="https://example.com/hooks/ironmonger"
            helperText="It gets a POST for each event, signed with the webhook’s secret."
          />
          <TextControl
            source="description"
            label="Name"
            max={MAX_DESCRIPTION}
            helperText="For us only. Without one it is called by its host."
            placeholder="Bookkeeping"
          />
        </Stack>
      </Panel>
      {types()}
    </Stack>
  );
}
