import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { ShowBase, useShowContext } from 'react-admin';
import type { StockItem } from '../api/types';
import { Failure } from '../parts/Failure';
import { PageHeader } from '../parts/PageHeader';
import { Panel } from '../parts/Panel';
import { RowLink } from '../parts/RowLink';
import { Waiting } from '../parts/Waiting';
import { Figures } from './Figures';
import { STOCK_HISTORY, StockHistory } from './StockHistory';
import { useStockDialogs } from './useStockDialogs';

const BACK = { to: '/stock', label: 'Stock' };

function Content() {
  const { record, error, isPending, refetch } = useShowContext<StockItem & { id: string }>();
  const client = useQueryClient();
  const { adjust, setThreshold, dialogs } = useStockDialogs(() => {
    void refetch();
    void client.invalidateQueries({ queryKey: [STOCK_HISTORY] });
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending || !record) return <Waiting />;
  const title = record.variantTitle ? `${record.productTitle}, ${record.variantTitle}` : record.productTitle;
  const subject = { sku: record.sku, title, level: record };
  return (
    <>
      <PageHeader
        title={record.sku}
        intro={<RowLink to={`/products/${record.productId}?tab=stock`}>{title}</RowLink>}
        back={BACK}
        actions={
          <>
            <Button variant="outlined" onClick={() => setThreshold(subject)}>
              Set when it runs low
            </Button>
            <Button variant="contained" color="secondary" onClick={() => adjust(subject)}>
              Adjust
            </Button>
          </>
        }
      />
      <Box sx={{ display: 'grid', gap: 2.5 }}>
        <Figures level={record} />
        <Panel title="History" intro="Every adjustment by hand, the latest first." flush>
          <StockHistory sku={record.sku} />
        </Panel>
      </Box>
      {dialogs}
    </>
  );
}

/** All about the stock of one SKU. */
export function StockShow() {
  return (
    <ShowBase>
      <Content />
    </ShowBase>
  );
}
