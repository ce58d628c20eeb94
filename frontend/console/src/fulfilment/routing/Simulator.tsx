import AddIcon from '@mui/icons-material/Add';
import RemoveIcon from '@mui/icons-material/DeleteOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../data/errors';
import { useDesk } from '../../data/useDesk';
import { Panel } from '../../parts/Panel';
import { type SimulationInput, STRATEGIES } from '../types';
import { STRATEGY_WORDS } from '../words';
import { PlanView } from './PlanView';
import { type Line, lineErrors, MAX_LINES, refusedLines, toSimulation } from './simulation';

const blank = (): Line => ({ key: crypto.randomUUID(), sku: '', quantity: '1' });

function LineFields({
  line,
  at,
  error,
  canRemove,
  onChange,
  onRemove,
}: {
  line: Line;
  at: number;
  error: { sku?: string | undefined; quantity?: string | undefined };
  canRemove: boolean;
  onChange: (line: Line) => void;
  onRemove: () => void;
}) {
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, alignItems: 'start' }}>
      <TextField
        label={`SKU of line ${at + 1}`}
        value={line.sku}
        error={error.sku !== undefined}
        helperText={error.sku}
        onChange={(event) => onChange({ ...line, sku: event.target.value })}
        slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false } }}
      />
      <TextField
        label={`Pieces of line ${at + 1}`}
        value={line.quantity}
        error={error.quantity !== undefined}
        helperText={error.quantity}
        onChange={(event) => onChange({ ...line, quantity: event.target.value })}
        sx={{ maxWidth: '9rem' }}
        slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off' } }}
      />
      <IconButton aria-label={`Remove line ${at + 1}`} disabled={!canRemove} onClick={onRemove}>
        <RemoveIcon />
      </IconButton>
    </Box>
  );
}

/** Answers where an order would go, without placing it. */
export function Simulator() {
  const desk = useDesk();
  const [lines, setLines] = useState<readonly Line[]>(() => [blank()]);
  const [strategy, setStrategy] = useState('');
  const [age, setAge] = useState('');
  const [tried, setTried] = useState(false);
  const { data, error, isPending, mutate, reset } = useMutation({
    mutationFn: (order: SimulationInput) => desk.simulateRouting(order),
  });
  const wrong = lineErrors(lines, age);
  const refused = refusedLines(error);
  const errorOf = (at: number) => {
    const own = tried ? wrong.lines[at] : undefined;
    return { sku: own?.sku ?? refused.get(at), quantity: own?.quantity };
  };
  /** What was said of other lines does not hold for these. */
  const change = (next: readonly Line[]) => {
    setLines(next);
    reset();
  };

  const ask = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!wrong.isFine) return;
    mutate(toSimulation(lines, strategy, age));
  };
  return (
    <Panel
      title="Where would this order go?"
      intro="Plans an order as it would be planned now. Nothing is ordered, reserved or kept."
    >
      <form onSubmit={ask} noValidate>
        <Stack spacing={2}>
          <Stack component="ul" spacing={1.5} sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {lines.map((line, at) => (
              <LineFields
                key={line.key}
                line={line}
                at={at}
                error={errorOf(at)}
                canRemove={lines.length > 1}
                onChange={(changed) => change(lines.map((other, place) => (place === at ? changed : other)))}
                onRemove={() => change(lines.filter((_line, place) => place !== at))}
              />
            ))}
          </Stack>
          <Box
            sx={{
              display: 'grid',
              gap: 1.5,
              gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 13rem), 1fr))',
              alignItems: 'start',
            }}
          >
            <TextField
              select
              label="Strategy"
              value={strategy}
              onChange={(event) => setStrategy(event.target.value)}
              slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
            >
              <MenuItem value="">As the rules say</MenuItem>
              {STRATEGIES.map((known) => (
                <MenuItem key={known} value={known}>
                  {STRATEGY_WORDS[known].name}
                </MenuItem>
              ))}
            </TextField>
            <TextField
              label="Paid how long ago"
              value={age}
              placeholder="just now"
              error={tried && wrong.age !== undefined}
              helperText={(tried ? wrong.age : undefined) ?? 'For offers that hold for a time only: 2 h.'}
              onChange={(event) => setAge(event.target.value)}
              slotProps={{ inputLabel: { shrink: true }, htmlInput: { autoComplete: 'off' } }}
            />
          </Box>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <Button type="submit" variant="contained" color="secondary" loading={isPending}>
              Where would it go?
            </Button>
            <Button
              startIcon={<AddIcon />}
              disabled={lines.length >= MAX_LINES}
              onClick={() => change([...lines, blank()])}
            >
              Add a line
            </Button>
          </Box>
          {error && refused.size === 0 && <Alert severity="error">{messageOf(error)}</Alert>}
          {data && !error && <PlanView plan={data} />}
        </Stack>
      </form>
    </Panel>
  );
}
