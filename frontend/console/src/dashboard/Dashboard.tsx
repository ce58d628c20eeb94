import AddIcon from '@mui/icons-material/Add';
import ImportIcon from '@mui/icons-material/UploadFileOutlined';
import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import type { ReactNode } from 'react';
import { type RaRecord, useGetList } from 'react-admin';
import { Link } from 'react-router-dom';
import type { ProductImport, ProductRow, Review, StockItem } from '../api/types';
import { orderPath } from '../fulfilment/orders/paths';
import type { AttentionRow } from '../fulfilment/types';
import { outcome } from '../imports/words';
import { LiveMark } from '../live/LiveMark';
import { useLive } from '../live/useLive';
import { Failure } from '../parts/Failure';
import { LinkButton } from '../parts/LinkButton';
import { PageHeader } from '../parts/PageHeader';
import { Panel } from '../parts/Panel';
import { RowLink } from '../parts/RowLink';
import { Stars } from '../parts/Stars';
import { Status } from '../parts/Status';
import { Thumb } from '../parts/Thumb';
import { Waiting } from '../parts/Waiting';
import { When } from '../parts/When';
import { Level } from '../stock/Level';

/** Rows of each panel; the rest is a click away. */
const SHOWN = 6;

function Row({ children }: { children: ReactNode }) {
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        px: 2.5,
        py: 1.1,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      {children}
    </Box>
  );
}

const small = { color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' } as const;

function ListPanel<T extends RaRecord>({
  title,
  resource,
  filter = {},
  all,
  nothing,
  everyMs,
  children,
}: {
  title: string;
  resource: string;
  filter?: Record<string, unknown>;
  /** Where all of them are. */
  all: string;
  nothing: string;
  /** How often it is read anew, in milliseconds; without it, only as one comes. */
  everyMs?: number;
  children: (record: T) => ReactNode;
}) {
  const { data, error, isPending, refetch } = useGetList<T>(
    resource,
    { pagination: { page: 1, perPage: SHOWN }, filter },
    everyMs === undefined ? {} : { refetchInterval: everyMs },
  );
  const content = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    if (isPending) return <Waiting rows={4} />;
    if (data.length === 0) {
      return <Box sx={{ px: 2.5, pb: 2.5, color: 'text.secondary' }}>{nothing}</Box>;
    }
    return (
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {data.slice(0, SHOWN).map((record) => (
          <Row key={record.id}>{children(record)}</Row>
        ))}
      </Box>
    );
  };
  return (
    <Panel
      flush
      title={title}
      action={
        <MuiLink component={Link} to={all} sx={{ fontSize: '0.875rem' }} aria-label={`All: ${title}`}>
          All
        </MuiLink>
      }
    >
      {content()}
    </Panel>
  );
}

const grow = { flex: 1, minWidth: 0 } as const;

/** What wants looking after today. */
export function Dashboard() {
  const { liveness, everyMs } = useLive(['attention'], ['attention', 'getList']);
  return (
    <>
      <PageHeader
        title="Today"
        beside={<LiveMark liveness={liveness} />}
        intro={new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }).format(new Date())}
        actions={
          <>
            <LinkButton to="/product-imports/create" icon={<ImportIcon />}>
              Import products
            </LinkButton>
            <LinkButton to="/products/create" icon={<AddIcon />} main>
              Add a product
            </LinkButton>
          </>
        }
      />
      <Box
        sx={{
          display: 'grid',
          gap: 2.5,
          gridTemplateColumns: { xs: '1fr', lg: '1fr 1fr' },
          alignItems: 'start',
        }}
      >
        <ListPanel<AttentionRow>
          title="Orders that need you"
          resource="attention"
          all="/attention"
          nothing="No order needs attention."
          everyMs={everyMs}
        >
          {(order) => (
            <>
              <Box sx={grow}>
                <RowLink to={orderPath(order.id)}>{order.number}</RowLink>
                <Box sx={small}>{order.reason}</Box>
              </Box>
              <Box sx={small}>
                <When at={order.at} />
              </Box>
            </>
          )}
        </ListPanel>
        <ListPanel<StockItem & { id: string }>
          title="Running low"
          resource="stock"
          filter={{ low: 'true' }}
          all="/stock"
          nothing="Nothing runs low."
        >
          {(item) => (
            <>
              <Box sx={grow}>
                <RowLink to={`/stock/${encodeURIComponent(item.sku)}/show`}>{item.productTitle}</RowLink>
                <Box sx={small}>
                  {item.sku}
                  {item.variantTitle && ` · ${item.variantTitle}`}
                </Box>
              </Box>
              <Box sx={{ textAlign: 'right' }}>
                <Level level={item} />
                <Box sx={small}>low at {item.lowStockThreshold ?? 0}</Box>
              </Box>
            </>
          )}
        </ListPanel>
        <ListPanel<Review>
          title="Reviews waiting for you"
          resource="reviews"
          filter={{ status: 'pending' }}
          all="/reviews"
          nothing="No review is waiting."
        >
          {(review) => (
            <>
              <Box sx={grow}>
                <RowLink to="/reviews">{review.title}</RowLink>
                <Box sx={small}>
                  {review.productTitle} · {review.author}
                </Box>
              </Box>
              <Stars rating={review.rating} />
            </>
          )}
        </ListPanel>
        <ListPanel<ProductRow>
          title="Drafts"
          resource="products"
          filter={{ status: 'draft' }}
          all={`/products?filter=${encodeURIComponent(JSON.stringify({ status: 'draft' }))}`}
          nothing="No product is being written."
        >
          {(product) => (
            <>
              <Thumb image={product.image} size={36} />
              <Box sx={grow}>
                <RowLink to={`/products/${product.id}`}>{product.title}</RowLink>
                <Box sx={small}>
                  Changed <When at={product.updatedAt} />
                </Box>
              </Box>
            </>
          )}
        </ListPanel>
        <ListPanel<ProductImport>
          title="Latest imports"
          resource="product-imports"
          all="/product-imports"
          nothing="Nothing has been imported yet."
        >
          {(report) => (
            <>
              <Box sx={grow}>
                <RowLink to={`/product-imports/${report.id}/show`}>{report.fileName}</RowLink>
                <Box sx={small}>{outcome(report)}</Box>
              </Box>
              <Status of={report.status} />
            </>
          )}
        </ListPanel>
      </Box>
    </>
  );
}
