import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router-dom';

/** A page's title, what it is about, and what one can do on it. */
export function PageHeader({
  title,
  intro,
  back,
  beside,
  actions,
}: {
  title: string;
  intro?: ReactNode;
  back?: { to: string; label: string };
  /** What stands right beside the title. */
  beside?: ReactNode;
  actions?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Ironmonger Console`;
  }, [title]);
  return (
    <Box sx={{ mb: 2.5 }}>
      {back && (
        <MuiLink
          component={Link}
          to={back.to}
          sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, fontSize: '0.875rem', mb: 1 }}
        >
          <BackIcon sx={{ fontSize: 16 }} aria-hidden="true" />
          {back.label}
        </MuiLink>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, rowGap: 1.5 }}>
        <Box sx={{ flex: '1 1 16rem', minWidth: 0 }}>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.25 }}>
            <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
              {title}
            </Typography>
            {beside}
          </Box>
          {intro && (
            <Typography color="textSecondary" sx={{ mt: 0.5, maxWidth: '46rem' }}>
              {intro}
            </Typography>
          )}
        </Box>
        {actions && <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>{actions}</Box>}
      </Box>
    </Box>
  );
}
