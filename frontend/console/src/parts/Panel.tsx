import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId } from 'react';

/** A part of a page on a card of its own. */
export function Panel({
  title,
  intro,
  action,
  flush = false,
  children,
}: {
  title?: string;
  intro?: ReactNode;
  action?: ReactNode;
  /** Whether the content reaches the card's edges, as tables do. */
  flush?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Card component="section" {...(title && { 'aria-labelledby': id })} sx={{ minWidth: 0 }}>
      {title && (
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            gap: 1.5,
            px: 2.5,
            pt: 2,
            pb: flush ? 1.5 : 0,
          }}
        >
          <Box sx={{ flex: '1 1 14rem', minWidth: 0 }}>
            <Typography id={id} variant="h2">
              {title}
            </Typography>
            {intro && (
              <Typography variant="body2" color="textSecondary" sx={{ mt: 0.25 }}>
                {intro}
              </Typography>
            )}
          </Box>
          {action}
        </Box>
      )}
      <Box sx={flush ? {} : { p: 2.5, pt: title ? 2.25 : 2.5 }}>{children}</Box>
    </Card>
  );
}
