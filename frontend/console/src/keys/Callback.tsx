import Box from '@mui/material/Box';
import type { PartnerCallback } from '../api/people';
import { Status } from '../parts/Status';
import { When } from '../parts/When';
import { callbackState } from './callbackState';

function Words({ callback }: { callback: PartnerCallback }) {
  const { host, lastSuccessAt, lastFailureAt, lastFailure } = callback;
  switch (callbackState(callback)) {
    case 'off':
      return <>{host} said that it wants no more. The partner switches it on again by setting its address.</>;
    case 'failing':
      return (
        <>
          {host}: {lastFailure ?? 'no answer'}, {lastFailureAt && <When at={lastFailureAt} />}
          {lastSuccessAt ? (
            <>
              ; last delivered <When at={lastSuccessAt} />
            </>
          ) : (
            '; nothing was delivered yet'
          )}
        </>
      );
    case 'working':
      return (
        <>
          {host}, last delivered {lastSuccessAt && <When at={lastSuccessAt} />}
        </>
      );
    case 'unused':
      return <>{host}, nothing to tell yet</>;
  }
}

const LABELS = {
  off: ['disabled', 'Callback switched off'],
  failing: ['failed', 'Callback fails'],
  working: ['done', 'Callback works'],
  unused: ['pending', 'Callback set'],
} as const;

/** Where a partner hears of its orders, and whether it does. */
export function Callback({ callback }: { callback: PartnerCallback }) {
  const [status, label] = LABELS[callbackState(callback)];
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mt: 0.75 }}>
      <Status of={status} label={label} />
      <Box sx={{ fontSize: '0.8125rem', overflowWrap: 'anywhere', minWidth: 0 }}>
        <Words callback={callback} />
      </Box>
    </Box>
  );
}
