import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { messageOf } from '../data/errors';
import { useDesk } from '../data/useDesk';
import { Panel } from '../parts/Panel';
import { AttemptResult } from './AttemptResult';

/** Calls a webhook's address once with an event that means nothing, and shows what it answered. */
export function TestPanel({ webhookId }: { webhookId: string }) {
  const desk = useDesk();
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () => desk.testWebhook(webhookId),
  });
  return (
    <Panel
      title="Test"
      intro="Sends one signed event that is only a test; nothing is tried again, and it is not listed below."
      action={
        <Button variant="outlined" loading={isPending} onClick={() => mutate()}>
          Send a test
        </Button>
      }
    >
      <Box role="status">
        {error && <Alert severity="error">{messageOf(error)}</Alert>}
        {data && <AttemptResult attempt={data} label="Answer to the test" />}
        {!data && !error && 'Not tested since this page was opened.'}
      </Box>
    </Panel>
  );
}
