import ErrorIcon from '@mui/icons-material/ReportProblemOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { messageOf } from '../data/errors';

/** Says what went wrong, in place of what was to be shown. */
export function Failure({
  title = 'This could not be loaded',
  error,
  retry,
}: {
  title?: string;
  error: unknown;
  retry?: () => void;
}) {
  return (
    <Box role="alert" sx={{ textAlign: 'center', py: 6, px: 3 }}>
      <ErrorIcon sx={{ fontSize: 40, color: 'error.main' }} />
      <Typography variant="h2" sx={{ mt: 1 }}>
        {title}
      </Typography>
      <Typography color="textSecondary" sx={{ mt: 0.5, mb: 2 }}>
        {messageOf(error)}
      </Typography>
      {retry && (
        <Button variant="outlined" onClick={retry}>
          Try again
        </Button>
      )}
    </Box>
  );
}
