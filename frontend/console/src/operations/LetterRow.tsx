import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { RowLink } from '../parts/RowLink';
import { When } from '../parts/When';
import { runsAbout } from './RunRow';
import type { Letter } from './types';
import { readable } from './words';

const small = { color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' } as const;

/** One message that somebody gave up on. */
export function LetterRow({
  letter,
  onRedrive,
  onDiscard,
}: {
  letter: Letter;
  onRedrive: (() => void) | undefined;
  onDiscard: (() => void) | undefined;
}) {
  const { id, sentAt, receives, body, whole, attributes, orderId, taskId, requestId } = letter;
  const about = orderId ?? taskId ?? requestId;
  const notes = Object.entries(attributes);
  return (
    <Box
      component="li"
      sx={{ px: 2.5, py: 1.75, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Box sx={{ flex: '1 1 16rem', minWidth: 0 }}>
          <Box sx={small}>
            {sentAt && (
              <>
                Sent <When at={sentAt} exact />,{' '}
              </>
            )}
            received {receives} {receives === 1 ? 'time' : 'times'}, {id}
          </Box>
          {about && (
            <Box sx={small}>
              <RowLink to={runsAbout(about)}>Runs about {about}</RowLink>
            </Box>
          )}
        </Box>
        {onRedrive && (
          <Button size="small" variant="outlined" aria-label={`Send again: ${id}`} onClick={onRedrive}>
            Send again
          </Button>
        )}
        {onDiscard && (
          <Button size="small" color="error" aria-label={`Discard: ${id}`} onClick={onDiscard}>
            Discard
          </Button>
        )}
      </Box>
      {notes.length > 0 && (
        <Box component="dl" sx={{ ...small, m: 0, mt: 0.5 }}>
          {notes.map(([name, value]) => (
            <Box key={name} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1 }}>
              <Box component="dt">{name}</Box>
              <Box component="dd" sx={{ m: 0 }}>
                {value}
              </Box>
            </Box>
          ))}
        </Box>
      )}
      <Box
        component="pre"
        tabIndex={0}
        aria-label={`Message ${id}`}
        role="region"
        sx={{
          m: 0,
          mt: 1,
          p: 1.25,
          maxHeight: '16rem',
          overflow: 'auto',
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          fontSize: '0.8125rem',
          backgroundColor: 'action.hover',
          borderRadius: 1,
        }}
      >
        {readable(body)}
        {!whole && '…'}
      </Box>
    </Box>
  );
}
