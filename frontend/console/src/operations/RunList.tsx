import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useListContext } from 'react-admin';
import { Empty } from '../parts/Empty';
import { FilterBar, SearchFilter, SelectFilter, TabsFilter } from '../parts/Filters';
import { CursorList, ListBody } from '../parts/ListParts';
import { PageHeader } from '../parts/PageHeader';
import { RunRow } from './RunRow';
import type { Run } from './types';
import { WORKERS } from './words';

const CHOICES = Object.entries(WORKERS).map(([id, name]) => ({ id, name }));

/** The day on which runs began, in UTC as the API counts them. */
function DayFilter() {
  const { filterValues, setFilters } = useListContext();
  const day: unknown = filterValues?.day;
  return (
    <TextField
      type="date"
      label="Day (UTC)"
      value={typeof day === 'string' ? day : ''}
      onChange={({ target: { value } }) => {
        const { day: _replaced, ...others } = filterValues ?? {};
        setFilters(value === '' ? others : { ...others, day: value });
      }}
      sx={{ flex: '1 1 9rem', maxWidth: { sm: 180 } }}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}

function Filters() {
  return (
    <FilterBar>
      <SearchFilter
        source="about"
        label="About"
        hint="An order, a task, a request, an error’s reference, or words"
      />
      <SelectFilter source="worker" label="Worker" choices={CHOICES} all="All workers" />
      <DayFilter />
      <TabsFilter source="failed" label="Outcome" choices={[{ id: 'true', name: 'Failed' }]} all="All" />
    </FilterBar>
  );
}

function Rows() {
  const { data = [] } = useListContext<Run>();
  return (
    <Box component="ul" aria-label="Runs" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {data.map((run) => (
        <RunRow key={run.id} run={run} />
      ))}
    </Box>
  );
}

/** What workers and schedules did. */
export function RunList() {
  return (
    <CursorList>
      <PageHeader
        title="Runs"
        intro="What workers and schedules did in the last thirty days, the newest first: each message, each tick, each batch."
      />
      <ListBody
        filters={<Filters />}
        empty={
          <Empty title="Nothing has run yet">Runs show here as soon as the shop has something to do.</Empty>
        }
      >
        <Rows />
      </ListBody>
    </CursorList>
  );
}
