import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { count } from '../words';
import { timeWords } from './words';

export interface ChartedPart {
  number: number;
  at: string;
  quantity: number;
  /** Whether it has become an order. */
  isDone: boolean;
}

const HEIGHT = 90;

/** The least height of a column, of `HEIGHT`. */
const LEAST = 2;

const WIDTH = 100;

/** The most that a column takes of `WIDTH`, be there ever so few. */
const WIDEST = 8;

function words(parts: readonly ChartedPart[]): string {
  const sizes = parts.map(({ quantity }) => quantity);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const done = parts.filter(({ isDone }) => isDone).length;
  const sized = least === most ? count(most, 'piece') : `${least} to ${count(most, 'piece')}`;
  return `${count(parts.length, 'instalment')} of ${sized}${done > 0 ? `, ${done} of them released` : ''}.`;
}

/** The sizes of instalments side by side, those that were released filled. */
export function InstalmentsChart({ parts }: { parts: readonly ChartedPart[] }) {
  const { palette } = useTheme();
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return null;
  const most = Math.max(...parts.map(({ quantity }) => quantity));
  // From the first to the last, whose times stand below the ends.
  const wide = Math.min(WIDEST, (WIDTH / parts.length) * 0.8);
  const step = (WIDTH - wide) / Math.max(1, parts.length - 1);
  const tall = (quantity: number) => Math.max(LEAST, (quantity / most) * HEIGHT);
  return (
    <Box>
      <svg
        role="img"
        aria-label={words(parts)}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        width="100%"
        height={HEIGHT}
        style={{ display: 'block' }}
      >
        <rect width={WIDTH} height={HEIGHT} fill={palette.quiet} />
        {parts.map(({ number, quantity, isDone }, index) => (
          <rect
            key={number}
            x={index * step}
            width={wide}
            y={HEIGHT - tall(quantity)}
            height={tall(quantity)}
            fill={isDone ? palette.primary.main : palette.background.paper}
            stroke={palette.primary.main}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <Box
        aria-hidden="true"
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          justifyContent: 'space-between',
          columnGap: 2,
          color: 'text.secondary',
          fontSize: '0.75rem',
        }}
      >
        <span>{timeWords(first.at)}</span>
        {parts.length > 1 && <span>{timeWords(last.at)}</span>}
      </Box>
    </Box>
  );
}
