import Box from '@mui/material/Box';
import { RowLink } from '../parts/RowLink';
import { Status } from '../parts/Status';
import { When } from '../parts/When';
import { labelCaps } from '../theme/colours';
import type { Run } from './types';
import { age, CAUSES, nameOf, OUTCOMES, took } from './words';

/** What a run was about, each leading to where one sees more of it. */
function About({ run: { orderId, taskId, requestId, traceId } }: { run: Run }) {
  const links = [
    { label: 'Order', id: orderId, to: `/attention/${encodeURIComponent(orderId ?? '')}/show` },
    { label: 'Task', id: taskId, to: `/tasks/${encodeURIComponent(taskId ?? '')}/show` },
    { label: 'Request', id: requestId, to: runsAbout(requestId ?? '') },
    { label: 'Trace', id: traceId, to: runsAbout(traceId ?? '') },
  ].filter(({ id }) => id);
  if (links.length === 0) return null;
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 0.25, fontSize: '0.8125rem', mt: 0.5 }}
    >
      {links.map(({ label, id, to }) => (
        <Box key={label} sx={{ minWidth: 0 }}>
          <Box component="span" sx={{ ...labelCaps, color: 'text.secondary', mr: 0.75 }}>
            {label}
          </Box>
          <RowLink to={to}>{id}</RowLink>
        </Box>
      ))}
    </Box>
  );
}

/** The page with all runs about something. */
export function runsAbout(about: string): string {
  return `/runs?filter=${encodeURIComponent(JSON.stringify({ about }))}`;
}

/** One run in a list of them. */
export function RunRow({ run }: { run: Run }) {
  const { worker, cause, startedAt, tookMs, outcome, summary, error, waitedMs, attempt } = run;
  const facts = [
    `took ${took(tookMs)}`,
    `set off by ${CAUSES[cause]}`,
    ...(waitedMs === null ? [] : [`sent ${age(waitedMs / 1000)} before`]),
    ...(attempt === null || attempt === 1 ? [] : [`attempt ${attempt}`]),
  ];
  return (
    <Box
      component="li"
      sx={{ px: 2.5, py: 1.5, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Status of={outcome} label={OUTCOMES[outcome]} />
        <Box sx={{ fontWeight: 650 }}>{nameOf(worker)}</Box>
        <Box sx={{ flex: 1 }} />
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          <When at={startedAt} exact />
        </Box>
      </Box>
      <Box sx={{ mt: 0.5, overflowWrap: 'anywhere', ...(error && { color: 'error.main' }) }}>
        {error ?? summary}
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{facts.join(', ')}</Box>
      <About run={run} />
    </Box>
  );
}
