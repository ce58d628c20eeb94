import Box from '@mui/material/Box';
import { useListContext } from 'react-admin';
import type { AuditChange, AuditEntry } from '../api/people';
import { RowLink } from '../parts/RowLink';
import { When } from '../parts/When';
import { labelCaps } from '../theme/colours';
import { describeAction, describePath, describeValue } from './describe';

/** Where the records of a kind are in the console, where they have a page. */
const PAGES: Readonly<Record<string, (id: string) => string>> = {
  product: (id) => `/products/${encodeURIComponent(id)}`,
  stock: (id) => `/stock/${encodeURIComponent(id)}/show`,
  customer: (id) => `/customers/${encodeURIComponent(id)}/show`,
  review: () => '/reviews',
  category: () => '/categories',
  brand: () => '/brands',
  staff: () => '/staff',
  partnerCallback: () => '/partner-keys',
  partnerKey: () => '/partner-keys',
  webhook: (id) => `/webhooks/${encodeURIComponent(id)}/show`,
  synonyms: () => '/synonyms',
  supplier: (id) => `/suppliers/${encodeURIComponent(id)}`,
  routing: () => '/routing',
  schedule: () => '/schedules',
  queue: (id) => `/queues/${encodeURIComponent(id)}`,
  task: (id) => `/tasks/${encodeURIComponent(id)}/show`,
  order: (id) => `/attention/${encodeURIComponent(id)}/show`,
  pacedOrder: (id) => `/paced-orders/${encodeURIComponent(id)}/show`,
};

function Change({ change: { path, from, to } }: { change: AuditChange }) {
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gap: 1,
        gridTemplateColumns: { xs: '1fr', sm: '11rem 1fr' },
        py: 0.5,
        rowGap: 0.25,
      }}
    >
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', pt: '1px', overflowWrap: 'anywhere' }}>
        {describePath(path)}
      </Box>
      <Box sx={{ overflowWrap: 'anywhere', fontSize: '0.875rem' }}>
        <Box component="del" sx={{ color: 'error.main' }}>
          {describeValue(from)}
        </Box>
        <Box component="span" aria-hidden="true" sx={{ mx: 1, color: 'text.secondary' }}>
          →
        </Box>
        <Box component="ins" sx={{ textDecoration: 'none', fontWeight: 600 }}>
          {describeValue(to)}
        </Box>
      </Box>
    </Box>
  );
}

function Entry({ entry, showSubject }: { entry: AuditEntry; showSubject: boolean }) {
  const { at, actor, action, subject, changes } = entry;
  const page = PAGES[subject.kind]?.(subject.id);
  const name = subject.title ?? subject.id;
  return (
    <Box
      component="li"
      sx={{ px: 2.5, py: 1.75, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          alignItems: 'baseline',
          mb: changes.length > 0 ? 0.75 : 0,
        }}
      >
        <Box sx={{ fontWeight: 700 }}>{describeAction(action)}</Box>
        {showSubject && (
          <Box sx={{ minWidth: 0 }}>
            <Box component="span" sx={{ ...labelCaps, color: 'text.secondary', mr: 0.75 }}>
              {describeAction(subject.kind)}
            </Box>
            {page ? <RowLink to={page}>{name}</RowLink> : <span>{name}</span>}
          </Box>
        )}
        <Box sx={{ flex: 1 }} />
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
          {actor.email ?? actor.kind} · <When at={at} exact />
        </Box>
      </Box>
      {changes.length > 0 && (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {changes.map((change) => (
            <Change key={change.path} change={change} />
          ))}
        </Box>
      )}
    </Box>
  );
}

/** The entries of an audit list. */
export function AuditRows({ showSubject = true }: { showSubject?: boolean }) {
  const { data = [] } = useListContext<AuditEntry>();
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {data.map((entry) => (
        <Entry key={entry.id} entry={entry} showSubject={showSubject} />
      ))}
    </Box>
  );
}
