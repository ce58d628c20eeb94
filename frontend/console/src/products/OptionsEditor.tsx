import AddIcon from '@mui/icons-material/Add';
import RemoveIcon from '@mui/icons-material/DeleteOutlined';
import Alert from '@mui/material/Alert';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useController, useFieldArray, useFormContext, useFormState } from 'react-hook-form';
import type { ConsoleProduct } from '../api/types';
import { Panel } from '../parts/Panel';
import { MAX_OPTIONS, withOptionRenamed } from './options';

function OptionRow({ at, onRemove }: { at: number; onRemove: () => void }) {
  const { getValues, setValue } = useFormContext<ConsoleProduct>();
  const name = useController<ConsoleProduct>({ name: `options.${at}.name` });
  const values = useController<ConsoleProduct>({ name: `options.${at}.values` });
  const title = String(name.field.value || `option ${at + 1}`);
  const rename = (to: string) => {
    const from = getValues(`options.${at}.name`);
    name.field.onChange(to);
    if (from)
      setValue('variants', withOptionRenamed(getValues('variants') ?? [], from, to), { shouldDirty: true });
  };
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gap: 1.25,
        gridTemplateColumns: { xs: '1fr auto', sm: '12rem 1fr auto' },
        alignItems: 'start',
      }}
    >
      <TextField
        label="Option"
        value={name.field.value ?? ''}
        inputRef={name.field.ref}
        onBlur={name.field.onBlur}
        onChange={(event) => rename(event.target.value)}
        error={name.fieldState.error !== undefined}
        helperText={name.fieldState.error?.message}
        slotProps={{ htmlInput: { maxLength: 80, placeholder: 'Size', autoComplete: 'off' } }}
      />
      <Autocomplete
        multiple
        freeSolo
        autoSelect
        options={[] as string[]}
        value={(values.field.value ?? []) as unknown as string[]}
        onChange={(_event, chosen) => {
          const texts = chosen.map((text) => text.trim()).filter(Boolean);
          values.field.onChange([...new Set(texts)]);
        }}
        sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' }, gridRow: { xs: 2, sm: 'auto' } }}
        renderInput={(params) => (
          <TextField
            {...params}
            label={`Values of ${title}`}
            error={values.fieldState.error !== undefined}
            helperText={values.fieldState.error?.message ?? 'Press Enter after each value.'}
          />
        )}
      />
      <IconButton
        aria-label={`Remove ${title}`}
        onClick={onRemove}
        sx={{ gridColumn: { xs: 2, sm: 'auto' }, gridRow: { xs: 1, sm: 'auto' } }}
      >
        <RemoveIcon />
      </IconButton>
    </Box>
  );
}

/** What buyers can choose about the product. */
export function OptionsEditor() {
  const { fields, append, remove } = useFieldArray<ConsoleProduct>({ name: 'options' });
  const { errors } = useFormState<ConsoleProduct>();
  const { getValues, setValue } = useFormContext<ConsoleProduct>();
  const problem = errors.options?.root?.message;
  const removeOption = (at: number) => {
    const name = getValues(`options.${at}.name`);
    remove(at);
    const variants = (getValues('variants') ?? []).map((variant) => {
      const { [name]: _removed, ...options } = variant.options;
      return { ...variant, options };
    });
    setValue('variants', variants, { shouldDirty: true });
  };
  return (
    <Panel
      title="Options"
      intro="What buyers choose between, such as a size. Leave it empty where there is just one kind."
      action={
        <Button
          variant="outlined"
          startIcon={<AddIcon />}
          disabled={fields.length >= MAX_OPTIONS}
          onClick={() => append({ name: '', values: [] })}
        >
          Add an option
        </Button>
      }
    >
      <Stack spacing={1.5}>
        {problem && <Alert severity="error">{problem}</Alert>}
        {fields.length === 0 ? (
          <Typography color="textSecondary">No options: the product comes in one kind.</Typography>
        ) : (
          <Stack component="ul" spacing={2} sx={{ listStyle: 'none', p: 0, m: 0 }}>
            {fields.map((field, at) => (
              <OptionRow key={field.id} at={at} onRemove={() => removeOption(at)} />
            ))}
          </Stack>
        )}
      </Stack>
    </Panel>
  );
}
