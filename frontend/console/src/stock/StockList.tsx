import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { SimpleList, useListContext } from 'react-admin';
import type { StockItem } from '../api/types';
import { DataRows } from '../parts/DataRows';
import { Empty } from '../parts/Empty';
import { FilterBar, SearchFilter, TabsFilter } from '../parts/Filters';
import { CursorList, ListBody, useIsPhone } from '../parts/ListParts';
import { PageHeader } from '../parts/PageHeader';
import { RowLink } from '../parts/RowLink';
import { Level } from './Level';
import { useStockDialogs } from './useStockDialogs';

type Row = StockItem & { id: string };

const stockPath = (sku: string) => `/stock/${encodeURIComponent(sku)}/show`;
const titleOf = ({ productTitle, variantTitle }: StockItem) =>
  variantTitle ? `${productTitle}, ${variantTitle}` : productTitle;

function Rows() {
  const isPhone = useIsPhone();
  const { refetch } = useListContext<Row>();
  const { adjust, setThreshold, dialogs } = useStockDialogs(() => void refetch());
  const subject = (row: Row) => ({ sku: row.sku, title: titleOf(row), level: row });
  if (isPhone) {
    return (
      <SimpleList<Row>
        rowClick={(id) => stockPath(String(id))}
        primaryText={(row) => <Box sx={{ fontWeight: 600 }}>{titleOf(row)}</Box>}
        secondaryText={(row) => row.sku}
        tertiaryText={(row) => <Level level={row} />}
      />
    );
  }
  return (
    <>
      <DataRows<Row>
        label="Stock"
        columns={[
          { label: 'SKU', render: (row) => <RowLink to={stockPath(row.sku)}>{row.sku}</RowLink> },
          {
            label: 'Product',
            render: (row) => <RowLink to={`/products/${row.productId}?tab=stock`}>{titleOf(row)}</RowLink>,
          },
          { label: 'Available', align: 'right', render: (row) => <Level level={row} /> },
          { label: 'Reserved', align: 'right', render: (row) => row.reserved },
          { label: 'Low at', align: 'right', render: (row) => row.lowStockThreshold ?? '–' },
          {
            label: 'Actions',
            quiet: true,
            render: (row) => (
              <Box sx={{ display: 'flex', gap: 1, justifyContent: 'flex-end' }}>
                <Button
                  size="small"
                  aria-label={`Threshold of ${row.sku}`}
                  onClick={() => setThreshold(subject(row))}
                >
                  Threshold
                </Button>
                <Button
                  size="small"
                  variant="outlined"
                  aria-label={`Adjust ${row.sku}`}
                  onClick={() => adjust(subject(row))}
                >
                  Adjust
                </Button>
              </Box>
            ),
          },
        ]}
      />
      {dialogs}
    </>
  );
}

/** The list begins with what runs low. */
const LOW = { low: 'true' };

/** What runs low, or the stock of a SKU. */
export function StockList() {
  return (
    <CursorList begin={LOW}>
      <PageHeader
        title="Stock"
        intro="What runs low, by the threshold of each SKU, or everything there is."
      />
      <ListBody
        unfiltered={LOW}
        filters={
          <FilterBar>
            <TabsFilter
              source="low"
              label="Which"
              choices={[{ id: 'true', name: 'Runs low' }]}
              all="Everything"
            />
            <SearchFilter source="sku" label="Find by SKU" hint="HT-CLAW-16" />
          </FilterBar>
        }
        empty={
          <Empty title="Nothing runs low">
            Set a threshold for what you want to keep an eye on: it is listed here once there is no more than
            that.
          </Empty>
        }
      >
        <Rows />
      </ListBody>
    </CursorList>
  );
}
