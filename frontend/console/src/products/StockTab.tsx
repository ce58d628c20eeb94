import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ConsoleProduct, StockLevel } from '../api/types';
import { Panel } from '../parts/Panel';
import { RowLink } from '../parts/RowLink';
import { Level } from '../stock/Level';
import { useStockDialogs } from '../stock/useStockDialogs';

/** The stock of a product's variants. It is adjusted at once: it is no part of what the form saves. */
export function StockTab({ product }: { product: ConsoleProduct }) {
  const [adjusted, setAdjusted] = useState<Readonly<Record<string, StockLevel>>>({});
  const { adjust, setThreshold, dialogs } = useStockDialogs((sku, level) =>
    setAdjusted((levels) => ({ ...levels, [sku]: level })),
  );
  return (
    <Panel title="Stock" intro="Adjustments count at once, without saving the product.">
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {product.variants.map(({ sku, title, stock }) => {
          const level = adjusted[sku] ?? stock;
          const subject = { sku, title: title ? `${product.title}, ${title}` : product.title, level };
          const low = level.lowStockThreshold === null ? 'No threshold' : `Low at ${level.lowStockThreshold}`;
          return (
            <Box
              component="li"
              key={sku}
              sx={{
                display: 'flex',
                flexWrap: 'wrap',
                alignItems: 'center',
                gap: 2,
                rowGap: 1,
                py: 1.25,
                borderBottom: 1,
                borderColor: 'divider',
                '&:last-child': { borderBottom: 0 },
              }}
            >
              <Box sx={{ flex: '1 1 12rem', minWidth: 0 }}>
                <RowLink to={`/stock/${encodeURIComponent(sku)}/show`}>{sku}</RowLink>
                {title && <Box sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>{title}</Box>}
              </Box>
              <Box sx={{ minWidth: '7rem' }}>
                <Level level={level} /> available
              </Box>
              <Box sx={{ minWidth: '9rem', color: 'text.secondary', fontSize: '0.875rem' }}>
                {level.reserved} reserved, {level.sold} sold
              </Box>
              <Box sx={{ display: 'flex', gap: 1 }}>
                <Button
                  size="small"
                  aria-label={`${low}: change for ${sku}`}
                  onClick={() => setThreshold(subject)}
                >
                  {low}
                </Button>
                <Button
                  size="small"
                  variant="outlined"
                  aria-label={`Adjust ${sku}`}
                  onClick={() => adjust(subject)}
                >
                  Adjust
                </Button>
              </Box>
            </Box>
          );
        })}
      </Box>
      {dialogs}
    </Panel>
  );
}
