import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { useId } from 'react';
import { share } from './chart';

interface Bar {
  id: string;
  label: string;
  /** Null where nothing is known. */
  value: number | null;
  /** The value as one reads it. */
  text: string;
}

const HEIGHT = 14;

/** Values side by side: a list of them for whoever reads, with bars for whoever looks. */
export function BarChart({
  title,
  hint,
  bars,
  most,
}: {
  title: string;
  hint: string;
  bars: readonly Bar[];
  /** What a whole bar stands for; without it, the greatest value. */
  most?: number;
}) {
  const id = useId();
  const { palette } = useTheme();
  const whole = most ?? Math.max(0, ...bars.map(({ value }) => value ?? 0));
  return (
    <Box component="figure" aria-labelledby={id} sx={{ m: 0, minWidth: 0 }}>
      <Box component="figcaption" id={id} sx={{ mb: 1 }}>
        <Box sx={{ fontWeight: 700 }}>{title}</Box>
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{hint}</Box>
      </Box>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {bars.map(({ id: key, label, value, text }) => (
          <li key={key}>
            <Box sx={{ display: 'flex', gap: 1, fontSize: '0.875rem', mb: 0.25 }}>
              <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{label}</Box>
              <Box sx={{ fontWeight: 600, textAlign: 'right' }}>{text}</Box>
            </Box>
            <svg aria-hidden="true" width="100%" height={HEIGHT} style={{ display: 'block' }}>
              <rect width="100%" height={HEIGHT} rx={3} fill={palette.line} />
              <rect
                width={`${share(value, whole) * 100}%`}
                height={HEIGHT}
                rx={3}
                fill={palette.primary.main}
              />
            </svg>
          </li>
        ))}
      </Box>
    </Box>
  );
}
