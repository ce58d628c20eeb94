import Box from '@mui/material/Box';

/** What stands in `pre` and in editors. */
export const MONOSPACE = 'ui-monospace, "Liberation Mono", monospace';

/** A text as a machine has it: it scrolls within itself, by keyboard too. */
export function Code({ label, children }: { label: string; children: string }) {
  return (
    <Box
      component="pre"
      tabIndex={0}
      role="region"
      aria-label={label}
      sx={{
        m: 0,
        p: 1.25,
        maxHeight: 320,
        overflow: 'auto',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        backgroundColor: 'quiet',
        fontFamily: MONOSPACE,
        fontSize: '0.8125rem',
        lineHeight: 1.5,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
      }}
    >
      {children}
    </Box>
  );
}
