import GoodIcon from '@mui/icons-material/CheckCircleOutlined';
import BadIcon from '@mui/icons-material/ErrorOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { BulkResult } from '../api/types';

/** What became of each product of a bulk edit. */
export function BulkResults({ results }: { results: readonly BulkResult[] }) {
  const failed = results.filter(({ ok }) => !ok);
  return (
    <>
      <Alert severity={failed.length === 0 ? 'success' : 'warning'} role="status">
        {failed.length === 0
          ? `All ${results.length} are changed.`
          : `${results.length - failed.length} of ${results.length} are changed; ${failed.length} stayed as they were.`}
      </Alert>
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0, mt: 1.5 }}>
        {[...failed, ...results.filter(({ ok }) => ok)].map(({ id, title, ok, detail }) => (
          <Box
            component="li"
            key={id}
            sx={{ display: 'flex', gap: 1, py: 0.75, borderTop: 1, borderColor: 'divider' }}
          >
            {ok ? (
              <GoodIcon titleAccess="Changed" sx={{ color: 'success.main', fontSize: 20 }} />
            ) : (
              <BadIcon titleAccess="Not changed" sx={{ color: 'error.main', fontSize: 20 }} />
            )}
            <Box sx={{ minWidth: 0 }}>
              <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{title}</Box>
              {detail && <Box sx={{ color: 'text.secondary' }}>{detail}</Box>}
            </Box>
          </Box>
        ))}
      </Box>
    </>
  );
}
