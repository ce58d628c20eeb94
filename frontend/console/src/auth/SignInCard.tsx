import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import type { ReactNode } from 'react';
import { Wordmark } from '../shell/Wordmark';
import { colours, tape } from '../theme/colours';

/** The door to the console: the shop's enamel sign with the form below it. */
export function SignInCard({ children }: { children: ReactNode }) {
  return (
    <Box
      component="main"
      sx={{
        minHeight: '100dvh',
        display: 'grid',
        placeItems: 'center',
        p: 2,
        backgroundColor: colours.enamel800,
        backgroundImage: `radial-gradient(90% 70% at 20% 0%, #1470598c 0, transparent 60%), radial-gradient(70% 60% at 100% 100%, ${colours.enamel950} 0, transparent 70%)`,
      }}
    >
      <Box sx={{ width: '100%', maxWidth: 420 }}>
        <Box sx={{ textAlign: 'center', mb: 2.5 }}>
          <Wordmark />
        </Box>
        <Card sx={{ borderRadius: 2, overflow: 'hidden', boxShadow: '0 30px 60px -30px #000c' }}>
          <Box aria-hidden="true" sx={{ ...tape, height: 12 }} />
          <Box sx={{ p: { xs: 3, sm: 4 } }}>{children}</Box>
        </Card>
      </Box>
    </Box>
  );
}
