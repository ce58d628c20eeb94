import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router-dom';
import { useDesk } from '../../data/useDesk';
import { Empty } from '../../parts/Empty';
import { Failure } from '../../parts/Failure';
import { PageHeader } from '../../parts/PageHeader';
import { Panel } from '../../parts/Panel';
import { RowLink } from '../../parts/RowLink';
import { Status } from '../../parts/Status';
import { Waiting } from '../../parts/Waiting';
import { BarChart } from '../parts/BarChart';
import { HoursChart } from '../parts/HoursChart';
import { supplierPath } from '../suppliers/SupplierHeader';
import { type ComparedSupplier, type Comparison, type Health, PERIODS, type Period } from '../types';
import { completionTime, costWords, milliseconds, overcharge, percent } from './words';

const NAMES: Readonly<Record<Period, string>> = { hour: 'Hour', day: 'Day', week: 'Week' };

interface Measure {
  title: string;
  hint: string;
  value: (health: Health) => number | null;
  text: (health: Health) => string;
  most?: number;
}

const MEASURES: readonly Measure[] = [
  {
    title: 'Answered well',
    hint: 'The share of calls that did not fail. More is better.',
    value: ({ successRate }) => successRate,
    text: ({ successRate }) => percent(successRate),
    most: 1,
  },
  {
    title: 'Time for an answer',
    hint: 'The mean of all calls. Less is better.',
    value: ({ averageLatencyMs }) => averageLatencyMs,
    text: ({ averageLatencyMs }) => milliseconds(averageLatencyMs),
  },
  {
    title: 'Tasks completed',
    hint: 'How many came to their end as they should.',
    value: ({ completed }) => completed,
    text: ({ completed }) => String(completed),
  },
  {
    title: 'Tasks lost',
    hint: 'Rejected, failed or overdue. Less is better.',
    value: lost,
    text: (health) => String(lost(health)),
  },
  {
    title: 'Time to complete',
    hint: 'From placing to shipping, the mean. Less is better.',
    value: ({ averageCompletionSeconds }) => averageCompletionSeconds,
    text: ({ averageCompletionSeconds }) => completionTime(averageCompletionSeconds),
  },
  {
    title: 'Charged above the offers',
    hint: 'How much more than offered was charged. Less is better.',
    value: overcharge,
    text: costWords,
  },
];

function lost({ rejected, failed, overdue }: Health): number {
  return rejected + failed + overdue;
}

function Charts({ items }: { items: readonly ComparedSupplier[] }) {
  return (
    <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: '1fr 1fr' } }}>
      {MEASURES.map(({ title, hint, value, text, most }) => (
        <Panel key={title}>
          <BarChart
            title={title}
            hint={hint}
            bars={items.map(({ id, name, health }) => ({
              id,
              label: name,
              value: value(health),
              text: text(health),
            }))}
            {...(most !== undefined && { most })}
          />
        </Panel>
      ))}
    </Box>
  );
}

function Timelines({ comparison, now }: { comparison: Comparison; now: Date }) {
  return (
    <Panel title="Calls over time" intro="Each column is an hour; what failed is on top, in red.">
      <Stack spacing={2}>
        {comparison.items.map(({ id, name, status, hours }) => (
          <Box key={id}>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 0.5 }}>
              <RowLink to={supplierPath(id, '/health')}>{name}</RowLink>
              <Status of={status} />
            </Box>
            <HoursChart points={hours} from={new Date(comparison.from)} to={now} height={48} />
          </Box>
        ))}
      </Stack>
    </Panel>
  );
}

/** How the suppliers do, side by side. */
export function ComparisonPage() {
  const desk = useDesk();
  const [search, setSearch] = useSearchParams();
  const period = PERIODS.find((known) => known === search.get('period')) ?? 'day';
  const { data, error, isPending, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['supplier-comparison', period],
    queryFn: ({ signal }) => desk.compareSuppliers(period, signal),
    placeholderData: keepPreviousData,
  });
  const content = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    if (isPending) return <Waiting rows={10} />;
    if (data.items.length === 0) return <Empty title="No suppliers yet">There is nothing to compare.</Empty>;
    return (
      <Stack spacing={2.5}>
        <Charts items={data.items} />
        <Timelines comparison={data} now={new Date(dataUpdatedAt)} />
      </Stack>
    );
  };
  return (
    <>
      <PageHeader
        title="Compare suppliers"
        intro="How they answer, how fast they ship, and what they charge against what they offered."
        back={{ to: '/suppliers', label: 'Suppliers' }}
        actions={
          <ToggleButtonGroup
            exclusive
            size="small"
            aria-label="Over the last"
            value={period}
            onChange={(_event, chosen: Period | null) =>
              chosen && setSearch({ period: chosen }, { replace: true })
            }
          >
            {PERIODS.map((known) => (
              <ToggleButton key={known} value={known}>
                {NAMES[known]}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        }
      />
      {content()}
    </>
  );
}
