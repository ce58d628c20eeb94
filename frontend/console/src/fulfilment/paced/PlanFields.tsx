import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useController, useWatch } from 'react-hook-form';
import { MoneyInput } from '../../parts/MoneyInput';
import { TextControl } from '../../parts/TextControl';
import { TimeControl } from '../../parts/TimeControl';
import { SelectControl } from '../parts/controls';
import { pair } from '../parts/layout';
import { RadioChoices } from '../parts/RadioChoices';
import { type Ends, MAX_EVERY, MAX_INSTALMENTS, MAX_TIMES, type PacedValues } from './form';
import { HourWeights } from './HourWeights';
import type { CurveKind, Plan } from './types';
import { CURVE_WORDS, UNIT_CHOICES } from './words';

const KINDS = [
  {
    id: 'pace',
    name: 'A quantity over some time',
    hint: 'So many pieces from a start to an end, in instalments.',
  },
  { id: 'subscription', name: 'A subscription', hint: 'The same quantity again and again.' },
] as const satisfies readonly { id: Plan['kind']; name: string; hint: string }[];

const CURVES = (Object.keys(CURVE_WORDS) as CurveKind[]).map((id) => ({ id, ...CURVE_WORDS[id] }));

const ENDS = [
  { id: 'never', name: 'Never: until somebody stops it' },
  { id: 'times', name: 'After a number of times' },
  { id: 'until', name: 'On a day' },
] as const satisfies readonly { id: Ends; name: string }[];

function PaceFields() {
  const { field } = useController<PacedValues, 'plan.curve.kind'>({ name: 'plan.curve.kind' });
  return (
    <>
      <Box sx={pair}>
        <TextControl source="plan.quantity" label="Pieces in all" numeric required />
        <TextControl
          source="plan.instalments"
          label="Instalments"
          numeric
          required
          helperText={`1 to ${MAX_INSTALMENTS}, at most one for each piece.`}
        />
      </Box>
      <Box sx={pair}>
        <TimeControl source="plan.start" label="Start" required helperText="The first instalment." />
        <TimeControl source="plan.end" label="End" required helperText="All are released before it." />
      </Box>
      <RadioChoices label="Curve" value={field.value} choices={CURVES} onChange={field.onChange} />
      {field.value === 'byHour' && <HourWeights />}
      <MoneyInput
        source="plan.budget"
        label="Budget"
        helperText="What all of it may cost. An instalment that it does not pay for waits. Empty: no limit."
      />
    </>
  );
}

function SubscriptionFields() {
  const ends = useWatch<PacedValues, 'plan.ends'>({ name: 'plan.ends' });
  return (
    <>
      <Box sx={pair}>
        <TextControl source="plan.quantity" label="Pieces each time" numeric required />
        <TimeControl source="plan.start" label="Start" required helperText="The first time." />
      </Box>
      <Box sx={pair}>
        <TextControl
          source="plan.every.count"
          label="Every"
          numeric
          required
          helperText={`1 to ${MAX_EVERY} of the unit.`}
        />
        <SelectControl source="plan.every.unit" label="Unit" choices={UNIT_CHOICES} />
      </Box>
      <Box sx={pair}>
        <SelectControl source="plan.ends" label="Ends" choices={ENDS} />
        {ends === 'times' && (
          <TextControl
            source="plan.times"
            label="Number of times"
            numeric
            required
            helperText={`1 to ${MAX_TIMES}.`}
          />
        )}
        {ends === 'until' && <TimeControl source="plan.until" label="Last day" required />}
      </Box>
    </>
  );
}

/** When how much is released. */
export function PlanFields() {
  const { field } = useController<PacedValues, 'plan.kind'>({ name: 'plan.kind' });
  return (
    <Stack spacing={2}>
      <RadioChoices label="Kind" value={field.value} choices={KINDS} onChange={field.onChange} />
      {field.value === 'pace' ? <PaceFields /> : <SubscriptionFields />}
    </Stack>
  );
}
