import AgainIcon from '@mui/icons-material/Replay';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';
import type { ProductImport } from '../api/types';
import { useDesk } from '../data/useDesk';
import { Failure } from '../parts/Failure';
import { LinkButton } from '../parts/LinkButton';
import { PageHeader } from '../parts/PageHeader';
import { Panel } from '../parts/Panel';
import { Status } from '../parts/Status';
import { Waiting } from '../parts/Waiting';
import { When } from '../parts/When';
import { ImportErrors } from './ImportErrors';
import { isOver, modeName, outcome } from './words';

/** How often a running import is looked at. */
const POLL_MS = 1000;

function Progress({ report }: { report: ProductImport }) {
  const { rows, processed } = report;
  const known = rows !== null && rows > 0;
  return (
    <Box role="status">
      <Box sx={{ mb: 0.75 }}>
        {outcome(report)}
        {known && ` ${processed} of ${rows} rows.`}
      </Box>
      <LinearProgress
        aria-label="Progress of the import"
        {...(known
          ? { variant: 'determinate' as const, value: Math.min(100, (processed / rows) * 100) }
          : {})}
      />
    </Box>
  );
}

const SEVERITIES = { done: 'success', refused: 'error', failed: 'error' } as const;

function Outcome({ report }: { report: ProductImport }) {
  const severity = SEVERITIES[report.status as keyof typeof SEVERITIES] ?? 'info';
  return (
    <Alert severity={severity === 'success' && report.errorCount > 0 ? 'warning' : severity} role="status">
      {outcome(report)}
    </Alert>
  );
}

/** The report of an import, growing while it runs. */
export function ImportShow() {
  const { id = '' } = useParams();
  const desk = useDesk();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['product-imports', 'report', id],
    queryFn: ({ signal }) => desk.getProductImport(id, signal),
    refetchInterval: ({ state }) => (state.data && !isOver(state.data) ? POLL_MS : false),
  });
  const back = { to: '/product-imports', label: 'Import and export' };
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) {
    return (
      <>
        <PageHeader title="Import" back={back} />
        <Waiting rows={4} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={data.fileName}
        back={back}
        beside={<Status of={data.status} />}
        intro={
          <>
            {modeName(data.mode)}, by {data.by} · <When at={data.createdAt} exact />
          </>
        }
        actions={
          isOver(data) && (
            <LinkButton to="/product-imports/create" icon={<AgainIcon />}>
              Import another file
            </LinkButton>
          )
        }
      />
      <Stack spacing={2.5}>
        {isOver(data) ? <Outcome report={data} /> : <Panel>{<Progress report={data} />}</Panel>}
        {data.errors.length > 0 && <ImportErrors errors={data.errors} count={data.errorCount} />}
      </Stack>
    </>
  );
}
