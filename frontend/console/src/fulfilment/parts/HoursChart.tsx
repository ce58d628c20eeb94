import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import type { HealthPoint } from '../types';
import { count } from '../words';
import { columns, hoursBetween } from './chart';

const HEIGHT = 90;

/** The least height of a column that has anything in it, of `HEIGHT`. */
const LEAST = 2;

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', timeZone: 'UTC' });

/** The calls of each hour, those that failed in another colour on top. */
export function HoursChart({
  points,
  from,
  to,
  height = HEIGHT,
}: {
  points: readonly HealthPoint[];
  from: Date;
  to: Date;
  height?: number;
}) {
  const { palette } = useTheme();
  const bars = columns(points, hoursBetween(from, to));
  const most = Math.max(1, ...bars.map(({ good, bad }) => good + bad));
  const calls = bars.reduce((sum, { good, bad }) => sum + good + bad, 0);
  const failures = bars.reduce((sum, { bad }) => sum + bad, 0);
  const tall = (value: number) => (value === 0 ? 0 : Math.max(LEAST, (value / most) * HEIGHT));
  const words = `${count(calls, 'call')} in ${count(bars.length, 'hour')}, ${failures} of them failed; at most ${most} in an hour.`;
  return (
    <Box>
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${bars.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        width="100%"
        height={height}
        style={{ display: 'block' }}
      >
        <rect width={bars.length} height={HEIGHT} fill={palette.quiet} />
        {bars.map(({ at, good, bad }, x) => (
          <g key={at}>
            <rect
              x={x + 0.1}
              width={0.8}
              y={HEIGHT - tall(good)}
              height={tall(good)}
              fill={palette.primary.main}
            />
            <rect
              x={x + 0.1}
              width={0.8}
              y={HEIGHT - tall(good) - tall(bad)}
              height={tall(bad)}
              fill={palette.error.main}
            />
          </g>
        ))}
      </svg>
      <Box
        aria-hidden="true"
        sx={{
          display: 'flex',
          justifyContent: 'space-between',
          color: 'text.secondary',
          fontSize: '0.75rem',
        }}
      >
        <span>{DAY.format(from)}</span>
        <span>{DAY.format(to)}</span>
      </Box>
    </Box>
  );
}
