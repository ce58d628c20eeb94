import Box from '@mui/material/Box';
import { colours, fonts, labelCaps } from '../theme/colours';

/** The shop's name as its sign has it, and that this is behind the counter. */
export function Wordmark() {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'baseline', gap: 1, color: '#fff' }}>
      <Box
        component="span"
        sx={{
          fontFamily: fonts.display,
          fontWeight: 900,
          fontSize: '1.3rem',
          letterSpacing: '-0.02em',
          lineHeight: 1,
        }}
      >
        Ironmonger
      </Box>{' '}
      <Box component="span" sx={{ ...labelCaps, fontSize: '0.6875rem', color: colours.tape400 }}>
        Console
      </Box>
    </Box>
  );
}
