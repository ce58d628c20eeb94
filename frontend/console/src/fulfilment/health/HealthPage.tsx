import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../data/useDesk';
import { Empty } from '../../parts/Empty';
import { Failure } from '../../parts/Failure';
import { Panel } from '../../parts/Panel';
import { Waiting } from '../../parts/Waiting';
import { When } from '../../parts/When';
import { HoursChart } from '../parts/HoursChart';
import { SupplierPage } from '../suppliers/SupplierHeader';
import { type Health, type HealthLogEntry, PERIODS, type SupplierHealth } from '../types';
import { completionTime, costWords, logWords, milliseconds, percent } from './words';

const WEEK_MS = 7 * 86_400_000;

/** The page is looked at while something goes wrong: it follows. */
const REFRESH_MS = 30_000;

const FIGURES: readonly { label: string; show: (health: Health) => string | number }[] = [
  { label: 'Calls', show: ({ calls }) => calls },
  { label: 'Answered well', show: ({ successRate }) => percent(successRate) },
  { label: 'Time for an answer, mean', show: ({ averageLatencyMs }) => milliseconds(averageLatencyMs) },
  { label: 'Time for an answer, 95 of 100', show: ({ p95LatencyMs }) => milliseconds(p95LatencyMs) },
  { label: 'Tasks placed', show: ({ placed }) => placed },
  { label: 'Tasks completed', show: ({ completed }) => completed },
  { label: 'Completed in part', show: ({ short }) => short },
  { label: 'Rejected', show: ({ rejected }) => rejected },
  { label: 'Failed', show: ({ failed }) => failed },
  { label: 'Cancelled', show: ({ cancelled }) => cancelled },
  { label: 'Overdue', show: ({ overdue }) => overdue },
  {
    label: 'Time to complete, mean',
    show: ({ averageCompletionSeconds }) => completionTime(averageCompletionSeconds),
  },
  { label: 'Charged', show: costWords },
];

const HEADINGS = { hour: 'Last hour', day: 'Last day', week: 'Last week' } as const;

function Figures({ health }: { health: SupplierHealth }) {
  return (
    <TableContainer tabIndex={0}>
      <Table size="small" aria-label="Figures">
        <TableHead>
          <TableRow>
            <TableCell>Figure</TableCell>
            {PERIODS.map((period) => (
              <TableCell key={period} align="right">
                {HEADINGS[period]}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {FIGURES.map(({ label, show }) => (
            <TableRow key={label}>
              <TableCell
                component="th"
                scope="row"
                sx={{ fontWeight: 400, 'tr:last-child > &': { borderBottom: 0 } }}
              >
                {label}
              </TableCell>
              {PERIODS.map((period) => (
                <TableCell key={period} align="right">
                  {show(health[period])}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Log({ entries }: { entries: readonly HealthLogEntry[] }) {
  if (entries.length === 0) {
    return <Empty title="Nothing to tell">What happens to the supplier is kept here for 30 days.</Empty>;
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {entries.map(({ id, at, kind, detail }) => (
        <Box
          component="li"
          key={id}
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 1,
            px: 2.5,
            py: 1.1,
            borderTop: 1,
            borderColor: 'divider',
          }}
        >
          <Box sx={{ flex: '1 1 14rem', minWidth: 0, overflowWrap: 'anywhere' }}>
            <Box component="span" sx={{ fontWeight: 600 }}>
              {logWords(kind)}
            </Box>
            {detail && <Box sx={{ fontSize: '0.875rem' }}>{detail}</Box>}
          </Box>
          <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
            <When at={at} exact />
          </Box>
        </Box>
      ))}
    </Box>
  );
}

function Content({ supplierId }: { supplierId: string }) {
  const desk = useDesk();
  const { data, error, isPending, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['supplier-health', supplierId],
    queryFn: ({ signal }) => desk.getSupplierHealth(supplierId, signal),
    refetchInterval: REFRESH_MS,
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting rows={10} />;
  const now = new Date(dataUpdatedAt);
  return (
    <Stack spacing={2.5}>
      <Panel title="Calls of the last week" intro="Each column is an hour; what failed is on top, in red.">
        <HoursChart points={data.hours} from={new Date(now.getTime() - WEEK_MS)} to={now} />
      </Panel>
      <Panel title="Figures" flush>
        <Figures health={data} />
      </Panel>
      <Panel title="Health log" intro="What happened to it, the latest first." flush>
        <Log entries={data.log} />
      </Panel>
    </Stack>
  );
}

/** How a supplier does. */
export function HealthPage() {
  return <SupplierPage>{({ id }) => <Content supplierId={id} />}</SupplierPage>;
}
