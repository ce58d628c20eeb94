import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useRef, useState } from 'react';
import { useController, useWatch } from 'react-hook-form';
import { messageOf } from '../../data/errors';
import { MONOSPACE } from '../parts/Code';
import { Disclosure } from '../parts/Disclosure';
import type { Adapter, AdapterKind, Fault } from '../types';
import { count } from '../words';
import { FieldGuide } from './AdapterFields';
import { offsetOf, placeOf, readConfiguration } from './configuration';
import { PreviewTabs } from './PreviewTabs';
import { type SampleTexts, usePreview } from './usePreview';

/** What is wrong, each with a way to the line where it is. */
function Faults({
  faults,
  text,
  onGo,
}: {
  faults: readonly Fault[];
  text: string;
  onGo: (offset: number) => void;
}) {
  return (
    <Alert severity="error" role="status">
      <Box sx={{ fontWeight: 700 }}>{count(faults.length, 'thing does', 'things do')} not work out yet</Box>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {faults.map(({ path, reason }) => {
          const offset = offsetOf(text, path);
          return (
            <Box component="li" key={`${path} ${reason}`} sx={{ overflowWrap: 'anywhere' }}>
              <code>{path}</code>: {reason}{' '}
              {offset !== undefined && (
                <Button size="small" onClick={() => onGo(offset)}>
                  Go to line {placeOf(text, offset).line}
                </Button>
              )}
            </Box>
          );
        })}
      </Box>
    </Alert>
  );
}

/** A supplier's configuration as text, with what it would send and what it reads, while one types. */
export function ConfigurationEditor({ adapter }: { adapter: Adapter }) {
  const {
    field: { value, onChange, onBlur, ref, name },
    fieldState: { error },
  } = useController({ name: 'configuration' });
  const kind = useWatch({ name: 'adapter' }) as AdapterKind;
  const text = typeof value === 'string' ? value : '';
  const [samples, setSamples] = useState<SampleTexts>({});
  const area = useRef<HTMLTextAreaElement>(null);
  const { data: preview, error: failure, isFetching } = usePreview(kind, text, samples);
  const read = readConfiguration(text);
  const unread = 'message' in read ? read : undefined;

  const go = (offset: number) => {
    area.current?.focus();
    area.current?.setSelectionRange(offset, offset);
  };
  return (
    <Stack spacing={2}>
      <TextField
        name={name}
        label="Configuration (JSON)"
        multiline
        minRows={10}
        maxRows={28}
        value={text}
        error={error !== undefined || unread !== undefined}
        helperText={unread?.message ?? error?.message ?? 'The key is no part of it: it is kept apart.'}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        inputRef={(element: HTMLTextAreaElement | null) => {
          area.current = element;
          ref(element);
        }}
        slotProps={{
          htmlInput: {
            spellCheck: false,
            autoCapitalize: 'off',
            style: { fontFamily: MONOSPACE, fontSize: '0.8125rem', lineHeight: 1.5 },
          },
        }}
      />
      {unread?.at !== undefined && (
        <Box>
          <Button size="small" variant="outlined" onClick={() => go(unread.at ?? 0)}>
            Go to line {placeOf(text, unread.at).line}
          </Button>
        </Box>
      )}
      {failure && <Alert severity="error">{messageOf(failure)}</Alert>}
      {preview && !unread && (
        <Box aria-busy={isFetching}>
          {preview.faults.length > 0 ? (
            <Faults faults={preview.faults} text={text} onGo={go} />
          ) : (
            <Alert severity="success" role="status">
              The configuration works out. Below is what would be sent.
            </Alert>
          )}
        </Box>
      )}
      {preview && (
        <PreviewTabs
          operations={adapter.operations}
          preview={preview}
          samples={samples}
          onSamples={setSamples}
        />
      )}
      <Disclosure summary="What each setting means">
        <FieldGuide fields={adapter.fields} />
      </Disclosure>
    </Stack>
  );
}
