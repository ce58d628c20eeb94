import Chip from '@mui/material/Chip';
import type { Theme } from '@mui/material/styles';

/** What a state means for whoever looks at it. */
type Tone = 'good' | 'waiting' | 'bad' | 'quiet';

const TONES: Readonly<Record<string, Tone>> = {
  active: 'good',
  running: 'good',
  finished: 'good',
  published: 'good',
  done: 'good',
  fulfilled: 'good',
  paid: 'good',
  completed: 'good',
  closed: 'good',
  draft: 'waiting',
  pending: 'waiting',
  invited: 'waiting',
  waiting: 'waiting',
  reading: 'waiting',
  applying: 'waiting',
  draining: 'waiting',
  planned: 'waiting',
  submitting: 'waiting',
  submitted: 'waiting',
  inProgress: 'waiting',
  fulfilling: 'waiting',
  halfOpen: 'waiting',
  hidden: 'bad',
  refused: 'bad',
  failed: 'bad',
  disabled: 'bad',
  overdue: 'bad',
  rejected: 'bad',
  needsAttention: 'bad',
  open: 'bad',
  revoked: 'quiet',
  refunded: 'quiet',
  cancelled: 'quiet',
  paused: 'quiet',
  stopped: 'quiet',
  archived: 'quiet',
};

const WORDS: Readonly<Record<string, string>> = {
  pendingPayment: 'awaiting payment',
  applying: 'being applied',
  reading: 'being read',
};

const COLOURS = {
  good: 'success',
  waiting: 'warning',
  bad: 'error',
  quiet: 'info',
} as const satisfies Record<Tone, keyof Theme['palette']>;

/** A state as a label, in its own words or in those given. */
export function Status({ of, label }: { of: string; label?: string }) {
  const colour = COLOURS[TONES[of] ?? 'quiet'];
  const words = label ?? WORDS[of] ?? of.replace(/([A-Z])/g, ' $1').toLowerCase();
  return (
    <Chip
      size="small"
      label={words.charAt(0).toUpperCase() + words.slice(1)}
      data-status={of}
      sx={(theme) => ({
        backgroundColor: theme.palette[colour].light,
        color: theme.palette.mode === 'dark' ? theme.palette[colour].main : theme.palette.text.primary,
        border: `1px solid ${theme.palette[colour].main}`,
      })}
    />
  );
}
