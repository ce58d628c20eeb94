import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import type { ReactNode } from 'react';
import { useFormContext, useFormState } from 'react-hook-form';

/** Saves a page's form, always in sight. */
export function SaveBar({ save, children }: { save: string; children?: ReactNode }) {
  const { isDirty, isSubmitting } = useFormState();
  const { reset } = useFormContext();
  return (
    <Card
      sx={{
        position: 'sticky',
        bottom: 12,
        zIndex: 10,
        mt: 3,
        px: 2,
        py: 1.25,
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1,
        boxShadow: '0 14px 30px -18px #10181580',
      }}
    >
      <Box role="status" sx={{ flex: '1 1 6rem', color: 'text.secondary', fontSize: '0.875rem' }}>
        {isSubmitting ? 'Saving…' : isDirty ? 'Not saved yet' : 'Nothing to save'}
      </Box>
      {children}
      <Button onClick={() => reset()} disabled={!isDirty || isSubmitting}>
        Discard
      </Button>
      <Button type="submit" variant="contained" color="secondary" loading={isSubmitting}>
        {save}
      </Button>
    </Card>
  );
}
