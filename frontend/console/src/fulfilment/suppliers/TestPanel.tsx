import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useMutation } from '@tanstack/react-query';
import { messageOf } from '../../data/errors';
import { useDesk } from '../../data/useDesk';
import { Panel } from '../../parts/Panel';
import { Code } from '../parts/Code';
import { Disclosure } from '../parts/Disclosure';
import { messageText } from '../parts/message';
import type { Exchange } from '../types';

function ExchangeRow({ exchange, at }: { exchange: Exchange; at: number }) {
  const { method, url, status, elapsedMs } = exchange;
  const answer = status === null ? 'no answer' : `HTTP ${status}`;
  return (
    <Disclosure summary={`${at}. ${method} ${url}: ${answer} after ${elapsedMs} ms`}>
      <Stack spacing={1.5}>
        <Code label={`Request ${at}`}>
          {messageText(`${method} ${url}`, exchange.requestHeaders, exchange.requestBody)}
        </Code>
        {status === null ? (
          <Box>The supplier did not answer.</Box>
        ) : (
          <Code label={`Answer ${at}`}>
            {messageText(answer, exchange.responseHeaders, exchange.responseBody)}
          </Code>
        )}
      </Stack>
    </Disclosure>
  );
}

/** Calls the supplier once, harmlessly, and shows what was said. */
export function TestPanel({ supplierId, isDirty }: { supplierId: string; isDirty: boolean }) {
  const desk = useDesk();
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () => desk.testSupplier(supplierId),
  });
  return (
    <Panel
      title="Connection test"
      intro="Asks the supplier something harmless: no order is placed. Secrets are masked in what is shown."
      action={
        <Button variant="contained" color="secondary" loading={isPending} onClick={() => mutate()}>
          Test the connection
        </Button>
      }
    >
      <Stack spacing={1.5}>
        {isDirty && (
          <Alert severity="info">What is saved is tested: save first, to test what you have changed.</Alert>
        )}
        {error && <Alert severity="error">{messageOf(error)}</Alert>}
        {data && (
          <>
            <Alert severity={data.ok ? 'success' : 'error'} role="status">
              {data.ok ? 'The connection works. ' : 'The connection does not work. '}
              {data.detail}
            </Alert>
            {data.exchanges.map((exchange, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: exchanges have nothing but their order
              <ExchangeRow key={at} exchange={exchange} at={at + 1} />
            ))}
          </>
        )}
        {!data && !error && !isDirty && <Box>Not tested since this page was opened.</Box>}
      </Stack>
    </Panel>
  );
}
