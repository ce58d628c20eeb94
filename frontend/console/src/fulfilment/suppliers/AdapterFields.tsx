import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useController } from 'react-hook-form';
import { Disclosure } from '../parts/Disclosure';
import type { Adapter, AdapterField, Json } from '../types';
import { AuthFields } from './AuthFields';
import { memberAt, readConfiguration, showConfiguration, withMember } from './configuration';
import { Setting } from './Setting';

/** Whether a setting has an input of its own; all else is edited in the configuration's text. */
export function hasInput({ path, kind }: AdapterField): boolean {
  return kind !== 'json' && !path.includes('.');
}

/** Where the adapters for any API are told how to prove who we are. */
const AUTH = 'auth';

/** The configuration as the form has it, and how a member of it is set. */
function useConfiguration() {
  const {
    field: { value, onChange },
  } = useController({ name: 'configuration' });
  const read = readConfiguration(typeof value === 'string' ? value : '');
  const configuration: Json | undefined = 'value' in read ? read.value : undefined;
  const set = (path: string) => (next: unknown) =>
    onChange(showConfiguration(withMember(configuration ?? {}, path, next)));
  return { configuration, set };
}

/** The settings that nobody gets by without, read from the configuration's text and written to it. */
export function AdapterFields({ adapter: { fields } }: { adapter: Adapter }) {
  const { configuration, set } = useConfiguration();
  if (!configuration) {
    return <Alert severity="warning">Mend the configuration below first: it cannot be read.</Alert>;
  }
  return (
    <Stack spacing={2}>
      {fields
        .filter((field) => hasInput(field) && field.required)
        .map((field) => (
          <Setting
            key={field.path}
            field={field}
            value={memberAt(configuration, field.path)}
            onChange={set(field.path)}
          />
        ))}
      {fields.some(({ path }) => path === AUTH) && (
        <AuthFields auth={memberAt(configuration, AUTH)} onChange={set(AUTH)} />
      )}
    </Stack>
  );
}

/** The settings that may stay as they are. */
export function OptionalFields({ adapter: { fields } }: { adapter: Adapter }) {
  const { configuration, set } = useConfiguration();
  const shown = fields.filter((field) => hasInput(field) && !field.required);
  if (!configuration || shown.length === 0) return null;
  return (
    <Disclosure summary="More settings">
      <Stack spacing={2}>
        {shown.map((field) => (
          <Setting
            key={field.path}
            field={field}
            value={memberAt(configuration, field.path)}
            onChange={set(field.path)}
          />
        ))}
      </Stack>
    </Disclosure>
  );
}

/** What each setting means. */
export function FieldGuide({ fields }: { fields: readonly AdapterField[] }) {
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gap: 1.25 }}>
      {fields.map(({ path, title, help, required, choices, example }) => (
        <Box key={path} sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Box component="dt">
            <code>{path}</code> · {title}
            {required && ' (needed)'}
          </Box>
          <Box component="dd" sx={{ m: 0, color: 'text.secondary', fontSize: '0.875rem' }}>
            {help}
            {choices.length > 0 && ` One of ${choices.join(', ')}.`}
            {example && (
              <>
                {' '}
                Such as <code>{example}</code>
              </>
            )}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
