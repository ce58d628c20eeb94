import Box from '@mui/material/Box';
import { Status } from '../../parts/Status';
import type { Circuit } from '../types';
import { circuitWords } from '../words';

const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** Whether a supplier is called, by how its last calls went. */
export function CircuitChip({ circuit }: { circuit: Circuit }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75 }}>
      <Status of={circuit.state} label={circuitWords(circuit)} />
      {circuit.state === 'open' && circuit.until && (
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.8125rem', whiteSpace: 'nowrap' }}>
          tried again at <time dateTime={circuit.until}>{TIME.format(new Date(circuit.until))}</time>
        </Box>
      )}
    </Box>
  );
}
