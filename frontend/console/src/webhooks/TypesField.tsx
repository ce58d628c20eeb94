import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import { useId } from 'react';
import { useController } from 'react-hook-form';
import { Panel } from '../parts/Panel';
import type { EventType, WebhookInput } from './types';

const GROUPS = [
  { id: 'order', title: 'Orders', all: 'All events of orders' },
  { id: 'task', title: 'Tasks of suppliers', all: 'All events of tasks' },
] as const satisfies readonly { id: EventType['group']; title: string; all: string }[];

function Group({
  title,
  all,
  types,
  chosen,
  onChange,
}: {
  title: string;
  all: string;
  types: readonly EventType[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const id = useId();
  const names = types.map(({ type }) => type);
  const count = names.filter((name) => chosen.includes(name)).length;
  const others = chosen.filter((name) => !names.includes(name));
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Box component="legend" sx={{ fontWeight: 700, p: 0 }}>
        {title}
      </Box>
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            checked={count === names.length}
            indeterminate={count > 0 && count < names.length}
            onChange={() => onChange(count === names.length ? others : [...others, ...names])}
          />
        }
        label={all}
      />
      <Box
        sx={{
          display: 'grid',
          columnGap: 2,
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 19rem), 1fr))',
          pl: 2,
        }}
      >
        {types.map(({ type, when }) => (
          <Box key={type} sx={{ minWidth: 0, py: 0.25 }}>
            <FormControlLabel
              control={
                <Checkbox
                  size="small"
                  checked={chosen.includes(type)}
                  onChange={(_event, isOn) =>
                    onChange(isOn ? [...chosen, type] : chosen.filter((name) => name !== type))
                  }
                  slotProps={{ input: { 'aria-describedby': `${id}-${type}` } }}
                />
              }
              label={type}
            />
            <Box
              id={`${id}-${type}`}
              sx={{ color: 'text.secondary', fontSize: '0.8125rem', pl: '29px', mt: -0.75 }}
            >
              {when}
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}

/** Which events a webhook hears of, of those that there are. */
export function TypesField({ types }: { types: readonly EventType[] }) {
  const {
    field: { value, onChange },
    fieldState: { error },
  } = useController<WebhookInput, 'types'>({ name: 'types' });
  return (
    <Panel title="What it hears of" intro="Each event is told once, and again until it was heard.">
      <Box sx={{ display: 'grid', gap: 2 }}>
        {error?.message && (
          <FormHelperText error role="alert">
            {error.message}
          </FormHelperText>
        )}
        {GROUPS.map(({ id, title, all }) => (
          <Group
            key={id}
            title={title}
            all={all}
            types={types.filter(({ group }) => group === id)}
            chosen={value ?? []}
            onChange={onChange}
          />
        ))}
      </Box>
    </Panel>
  );
}
