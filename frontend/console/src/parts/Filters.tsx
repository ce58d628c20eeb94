import ClearIcon from '@mui/icons-material/Close';
import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { type ReactNode, useEffect, useState } from 'react';
import { useListContext } from 'react-admin';

/** How long one may pause while typing before the list follows. */
const TYPING_PAUSE_MS = 300;

/** Sets one of a list's filters; an empty value takes it off. */
function useFilter(source: string): [unknown, (value: unknown) => void] {
  const { filterValues, setFilters } = useListContext();
  const set = (value: unknown) => {
    const { [source]: _replaced, ...others } = filterValues ?? {};
    setFilters(
      value === '' || value === null || value === undefined ? others : { ...others, [source]: value },
    );
  };
  return [filterValues?.[source], set];
}

/** The filters above a list. */
export function FilterBar({ children }: { children: ReactNode }) {
  return (
    <Box
      component="search"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1.25,
        alignItems: 'center',
        mb: 2,
        '& > *': { minWidth: 0 },
      }}
    >
      {children}
    </Box>
  );
}

/** A filter by text, followed while one types. */
export function SearchFilter({ source, label, hint }: { source: string; label: string; hint?: string }) {
  const [value, set] = useFilter(source);
  const applied = typeof value === 'string' ? value : '';
  const [text, setText] = useState(applied);
  // Only what is applied elsewhere replaces what is typed.
  useEffect(() => setText(applied), [applied]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pause is counted from the last key
  useEffect(() => {
    if (text.trim() === applied) return;
    // The list stays while the page that a click leads to is being loaded, and must not call one back.
    const here = window.location.pathname;
    const follow = () => window.location.pathname === here && set(text.trim());
    const pause = setTimeout(follow, TYPING_PAUSE_MS);
    return () => clearTimeout(pause);
  }, [text]);
  return (
    <TextField
      label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      sx={{ flex: '1 1 14rem', maxWidth: { sm: 380 } }}
      slotProps={{
        htmlInput: { type: 'search', enterKeyHint: 'search', autoComplete: 'off', placeholder: hint },
        inputLabel: hint ? { shrink: true } : {},
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
          endAdornment: text ? (
            <InputAdornment position="end">
              <IconButton size="small" edge="end" aria-label={`Clear: ${label}`} onClick={() => setText('')}>
                <ClearIcon fontSize="small" />
              </IconButton>
            </InputAdornment>
          ) : null,
        },
      }}
    />
  );
}

export interface Choice {
  id: string;
  name: string;
}

/** A filter by one of several values. */
export function SelectFilter({
  source,
  label,
  choices,
  all = 'All',
}: {
  source: string;
  label: string;
  choices: readonly Choice[];
  all?: string;
}) {
  const [value, set] = useFilter(source);
  const selected = choices.some(({ id }) => id === value) ? (value as string) : '';
  return (
    <TextField
      select
      label={label}
      value={selected}
      onChange={(event) => set(event.target.value)}
      sx={{ flex: '1 1 9rem', maxWidth: { sm: 220 } }}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
    >
      <MenuItem value="">{all}</MenuItem>
      {choices.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** A filter by state, all of its values in sight. */
export function TabsFilter({
  source,
  label,
  choices,
  all,
}: {
  source: string;
  label: string;
  choices: readonly Choice[];
  /** What the choice of no filter says; without it, one of the values is always chosen. */
  all?: string;
}) {
  const [value, set] = useFilter(source);
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      aria-label={label}
      value={value ?? ''}
      onChange={(_event, chosen: string | null) => {
        if (chosen !== null) set(chosen);
      }}
      sx={{ flexWrap: 'wrap' }}
    >
      {all !== undefined && <ToggleButton value="">{all}</ToggleButton>}
      {choices.map(({ id, name }) => (
        <ToggleButton key={id} value={id}>
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
