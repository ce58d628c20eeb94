import RemoveIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import type { Theme } from '@mui/material/styles';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useController, useWatch } from 'react-hook-form';
import type { ConsoleProduct, ProductOption, Variant } from '../api/types';
import { MoneyInput } from '../parts/MoneyInput';
import { choiceTitle, MAX_SKU, whyKept } from './options';

/** The columns of the table of variants on a desk; on a phone a row becomes a block. */
export const variantColumns = {
  gridTemplateColumns: 'minmax(8rem, 1.3fr) minmax(9rem, 1.4fr) 7.5rem 7.5rem 5rem 2.5rem',
  columnGap: '12px',
} as const;

function SkuInput({ at, label, hideLabel }: { at: number; label: string; hideLabel: boolean }) {
  const {
    field: { value, ref, ...field },
    fieldState: { error },
  } = useController<ConsoleProduct>({ name: `variants.${at}.sku` });
  return (
    <TextField
      {...field}
      value={typeof value === 'string' ? value : ''}
      inputRef={ref}
      error={error !== undefined}
      helperText={error?.message}
      {...(hideLabel ? {} : { label: 'SKU' })}
      slotProps={{
        htmlInput: { 'aria-label': label, maxLength: MAX_SKU, autoComplete: 'off', spellCheck: false },
        inputLabel: { shrink: true },
      }}
    />
  );
}

/** One variant. */
export function VariantRow({
  at,
  options,
  onRemove,
}: {
  at: number;
  options: readonly ProductOption[];
  onRemove: () => void;
}) {
  const variant = useWatch({ name: `variants.${at}` }) as Variant | undefined;
  const {
    fieldState: { error: choiceError },
  } = useController<ConsoleProduct>({ name: `variants.${at}.options` });
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  if (!variant) return null;
  const title = choiceTitle(variant.options, options) || variant.title || 'The only kind';
  const kept = whyKept(variant);
  return (
    <Box
      component="li"
      sx={{
        ...variantColumns,
        display: 'grid',
        gridTemplateColumns: { xs: '1fr 1fr', md: variantColumns.gridTemplateColumns },
        rowGap: 1.25,
        alignItems: 'start',
        py: 1.5,
        borderBottom: 1,
        borderColor: 'divider',
        '&:last-child': { borderBottom: 0 },
      }}
    >
      <Box sx={{ gridColumn: { xs: '1 / -1', md: 'auto' }, pt: { md: 1 }, minWidth: 0 }}>
        <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{title}</Box>
        {choiceError?.message && (
          <Box role="alert" sx={{ color: 'error.main', fontSize: '0.8125rem' }}>
            {choiceError.message}
          </Box>
        )}
      </Box>
      <Box sx={{ gridColumn: { xs: '1 / -1', md: 'auto' } }}>
        <SkuInput at={at} label={`SKU of ${title}`} hideLabel={isWide} />
      </Box>
      <MoneyInput
        source={`variants.${at}.price`}
        label={isWide ? `Price of ${title}` : 'Price'}
        hideLabel={isWide}
      />
      <MoneyInput
        source={`variants.${at}.compareAtPrice`}
        label={isWide ? `Compare-at price of ${title}` : 'Compare at'}
        hideLabel={isWide}
      />
      <Box sx={{ pt: 1, whiteSpace: 'nowrap' }}>
        {variant.stock?.available ?? 0}
        {!isWide && ' in stock'}
        {(variant.stock?.reserved ?? 0) > 0 && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {' '}
            +{variant.stock.reserved} held
          </Box>
        )}
      </Box>
      <Tooltip title={kept ?? ''}>
        <Box component="span" sx={{ justifySelf: 'end' }}>
          <IconButton aria-label={`Take off ${title}`} disabled={kept !== undefined} onClick={onRemove}>
            <RemoveIcon fontSize="small" />
          </IconButton>
        </Box>
      </Tooltip>
    </Box>
  );
}
