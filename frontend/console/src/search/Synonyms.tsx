import AddIcon from '@mui/icons-material/Add';
import RemoveIcon from '@mui/icons-material/DeleteOutlined';
import Alert from '@mui/material/Alert';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { HttpError, useNotify } from 'react-admin';
import { type ErrorBody, messageOf } from '../data/errors';
import { useDesk } from '../data/useDesk';
import { Empty } from '../parts/Empty';
import { Failure } from '../parts/Failure';
import { PageHeader } from '../parts/PageHeader';
import { Panel } from '../parts/Panel';
import { Waiting } from '../parts/Waiting';
import { errorsByGroup, groupError, MAX_GROUPS, tidyTerms } from './groups';

const KEY = ['synonyms'];

/** A group being edited; its key stays while its words change. */
interface Group {
  key: string;
  words: string[];
}

const toGroup = (words: string[]): Group => ({ key: crypto.randomUUID(), words });

function GroupRow({
  words,
  at,
  error,
  onChange,
  onRemove,
}: {
  words: string[];
  at: number;
  error: string | undefined;
  onChange: (words: string[]) => void;
  onRemove: () => void;
}) {
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, alignItems: 'start' }}>
      <Autocomplete
        multiple
        freeSolo
        autoSelect
        options={[] as string[]}
        value={words}
        onChange={(_event, chosen) => onChange(tidyTerms(chosen))}
        renderInput={(params) => (
          <TextField
            {...params}
            label={`Group ${at + 1}`}
            error={error !== undefined}
            helperText={error}
            {...(words.length === 0 && { placeholder: 'spanner, then Enter, wrench, then Enter' })}
          />
        )}
      />
      <IconButton aria-label={`Remove group ${at + 1}`} onClick={onRemove}>
        <RemoveIcon />
      </IconButton>
    </Box>
  );
}

/** The API's objections, by group. */
function refusals(problem: unknown): Map<number, string> {
  const body = problem instanceof HttpError ? (problem.body as ErrorBody | undefined) : undefined;
  return errorsByGroup(body?.problem?.errors ?? []);
}

function Editor({ loaded, version }: { loaded: string[][]; version: number }) {
  const desk = useDesk();
  const notify = useNotify();
  const client = useQueryClient();
  const [groups, setGroups] = useState<readonly Group[]>(() => loaded.map(toGroup));
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const words = groups.map((group) => group.words);
  const errors = words.map(groupError);
  const refused = refusals(problem);
  const isDirty = JSON.stringify(words) !== JSON.stringify(loaded);
  const isStale = problem instanceof HttpError && problem.status === 412;

  const add = () => setGroups([toGroup([]), ...groups]);
  const save = async () => {
    setTried(true);
    if (errors.some((error) => error !== undefined)) return;
    setPending(true);
    setProblem(undefined);
    try {
      client.setQueryData(KEY, await desk.putSynonyms(words, version));
      notify('Saved. Searches follow within a minute.', { type: 'success' });
    } catch (failure) {
      setProblem(failure);
    } finally {
      setPending(false);
    }
  };
  const actions = (
    <>
      <Button variant="outlined" startIcon={<AddIcon />} onClick={add} disabled={groups.length >= MAX_GROUPS}>
        Add a group
      </Button>
      <Button variant="contained" color="secondary" disabled={!isDirty} loading={pending} onClick={save}>
        Save
      </Button>
    </>
  );
  return (
    <>
      <PageHeader
        title="Search synonyms"
        intro="Words of a group find each other: who types one of them finds products that have any."
        actions={actions}
      />
      {problem !== undefined && (
        <Alert
          severity="error"
          sx={{ mb: 2 }}
          action={
            isStale && (
              <Button size="small" onClick={() => void client.invalidateQueries({ queryKey: KEY })}>
                Reload
              </Button>
            )
          }
        >
          {isStale
            ? 'Somebody else saved the synonyms meanwhile. Reload them, then add yours.'
            : messageOf(problem)}
        </Alert>
      )}
      <Panel>
        {groups.length === 0 ? (
          <Empty title="No synonyms yet">
            The search already forgives typing mistakes and endings: add what is called by different names.
          </Empty>
        ) : (
          <Stack component="ul" spacing={2} sx={{ listStyle: 'none', p: 0, m: 0 }}>
            {groups.map(({ key, words: own }, at) => (
              <GroupRow
                key={key}
                at={at}
                words={own}
                error={(tried ? errors[at] : undefined) ?? refused.get(at)}
                onChange={(changed) =>
                  setGroups(
                    groups.map((group, place) => (place === at ? { ...group, words: changed } : group)),
                  )
                }
                onRemove={() => setGroups(groups.filter((_group, place) => place !== at))}
              />
            ))}
          </Stack>
        )}
      </Panel>
    </>
  );
}

/** Which words mean the same to the shop's search. */
export function Synonyms() {
  const desk = useDesk();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => desk.getSynonyms(signal),
    refetchOnWindowFocus: false,
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting />;
  return <Editor key={data.version} loaded={data.groups} version={data.version} />;
}
