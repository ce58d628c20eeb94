import type { Liveness } from '@ironmonger/realtime/react';
import Box from '@mui/material/Box';

const WORDS: Readonly<Partial<Record<Liveness, { name: string; hint: string; colour: string }>>> = {
  live: { name: 'Live', hint: 'Changes show as they happen.', colour: 'success.main' },
  reconnecting: {
    name: 'Reconnecting',
    hint: 'The connection is lost. Until it is back, the page asks every few seconds.',
    colour: 'warning.main',
  },
};

/** Whether a page hears of changes as they happen; nothing where it never does. */
export function LiveMark({ liveness }: { liveness: Liveness }) {
  const words = WORDS[liveness];
  if (!words) return null;
  return (
    <Box
      component="span"
      data-testid="live"
      data-live={liveness}
      title={words.hint}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.75,
        color: 'text.secondary',
        fontSize: '0.8125rem',
        fontWeight: 600,
      }}
    >
      <Box
        component="span"
        aria-hidden="true"
        sx={{ width: 8, height: 8, borderRadius: '50%', backgroundColor: words.colour }}
      />
      {words.name}
    </Box>
  );
}
