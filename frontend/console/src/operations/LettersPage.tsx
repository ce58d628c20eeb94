import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useParams } from 'react-router-dom';
import { useIsAdmin } from '../auth/useUser';
import { useDesk } from '../data/useDesk';
import { Confirm } from '../parts/Confirm';
import { Empty } from '../parts/Empty';
import { Failure } from '../parts/Failure';
import { PageHeader } from '../parts/PageHeader';
import { Waiting } from '../parts/Waiting';
import { LetterRow } from './LetterRow';
import type { Letter } from './types';
import { nameOf } from './words';

type Deed = 'redrive' | 'discard';

/** What is asked before it is done: to one letter, or to all of them. */
interface Question {
  deed: Deed;
  letter?: Letter;
}

const TITLES: Readonly<Record<Deed, [one: string, all: string]>> = {
  redrive: ['Send this message again?', 'Send all of them again?'],
  discard: ['Discard this message?', 'Discard all of them?'],
};

const WORDS: Readonly<Record<Deed, [one: string, all: string]>> = {
  redrive: [
    'Its worker gets it once more. Whatever was done already is not done twice.',
    'Their worker gets them once more, two hundred at a time. Whatever was done already is not done twice.',
  ],
  discard: [
    'It cannot be brought back into the queue. The audit trail keeps what it said.',
    'They cannot be brought back, and what they said is kept nowhere. What they asked for will not be done.',
  ],
};

/** How many letters the API shows at most. */
const SHOWN = 50;

/** The messages of one queue that somebody gave up on. */
export function LettersPage() {
  const { name = '' } = useParams();
  const desk = useDesk();
  const notify = useNotify();
  const client = useQueryClient();
  const isAdmin = useIsAdmin();
  const [question, setQuestion] = useState<Question>();
  const key = ['letters', name];
  const { data, error, isPending, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => desk.listLetters(name, signal),
    // Each look hides the messages for a moment.
    refetchOnWindowFocus: false,
  });
  const canRedrive = name.endsWith('-dead-letters');

  const run = async ({ deed, letter }: Question) => {
    if (deed === 'redrive') {
      const { moved, left } = await desk.redriveLetters(name, letter && [letter.id]);
      const rest = left > 0 && !letter ? ` About ${left} are left.` : '';
      if (moved === 0) notify('Nothing was there to send any more.', { type: 'info' });
      else
        notify(`${moved === 1 ? 'One message is' : `${moved} messages are`} sent again.${rest}`, {
          type: 'success',
        });
    } else if (letter) {
      await desk.discardLetter(name, letter.id);
      notify('The message is discarded.', { type: 'success' });
    } else {
      await desk.emptyLetters(name);
      notify('All messages are discarded.', { type: 'success' });
    }
    await client.invalidateQueries({ queryKey: key });
    await client.invalidateQueries({ queryKey: ['queues'] });
  };

  const body = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    if (isPending) return <Waiting />;
    if (data.length === 0)
      return <Empty title="Nothing was given up on">Good: there is nothing to mend.</Empty>;
    return (
      <>
        {data.length >= SHOWN && (
          <Alert severity="info" sx={{ mb: 2 }}>
            These are the first {SHOWN}; there may be more.
          </Alert>
        )}
        <Card>
          <Box component="ul" aria-label="Messages" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {data.map((letter) => (
              <LetterRow
                key={letter.id}
                letter={letter}
                onRedrive={isAdmin && canRedrive ? () => setQuestion({ deed: 'redrive', letter }) : undefined}
                onDiscard={isAdmin ? () => setQuestion({ deed: 'discard', letter }) : undefined}
              />
            ))}
          </Box>
        </Card>
      </>
    );
  };
  const hasLetters = data !== undefined && data.length > 0;
  const at = question?.letter ? 0 : 1;
  return (
    <>
      <PageHeader
        title={nameOf(name)}
        intro="Messages that were given up on. Find out why in the runs, mend that, and send them again. A look leaves them where they are."
        back={{ to: '/queues', label: 'Queues' }}
        actions={
          <>
            <Button variant="outlined" onClick={() => void refetch()}>
              Look again
            </Button>
            {isAdmin && hasLetters && canRedrive && (
              <Button variant="contained" color="secondary" onClick={() => setQuestion({ deed: 'redrive' })}>
                Send all again
              </Button>
            )}
            {isAdmin && hasLetters && (
              <Button variant="outlined" color="error" onClick={() => setQuestion({ deed: 'discard' })}>
                Discard all
              </Button>
            )}
          </>
        }
      />
      {body()}
      <Confirm
        open={question !== undefined}
        title={question ? TITLES[question.deed][at] : ''}
        confirm={question?.deed === 'redrive' ? 'Send again' : 'Discard'}
        harmless={question?.deed === 'redrive'}
        onConfirm={async () => {
          if (question) await run(question);
        }}
        onClose={() => setQuestion(undefined)}
      >
        {question ? WORDS[question.deed][at] : ''}
      </Confirm>
    </>
  );
}
