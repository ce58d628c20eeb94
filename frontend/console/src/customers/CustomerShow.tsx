import { addressLines, formatMoney } from '@ironmonger/api';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import { ShowBase, useShowContext } from 'react-admin';
import type { CustomerAddress, CustomerDetail, CustomerOrder } from '../api/people';
import { orderPath } from '../fulfilment/orders/paths';
import { Empty } from '../parts/Empty';
import { Fact } from '../parts/Facts';
import { Failure } from '../parts/Failure';
import { PageHeader } from '../parts/PageHeader';
import { Panel } from '../parts/Panel';
import { RowLink } from '../parts/RowLink';
import { Status } from '../parts/Status';
import { Waiting } from '../parts/Waiting';
import { When } from '../parts/When';

const BACK = { to: '/customers', label: 'Customers' };

function Address({ address }: { address: CustomerAddress }) {
  return (
    <Box
      component="li"
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1.5, fontSize: '0.9rem' }}
    >
      {address.isDefault && <Chip size="small" label="Default" sx={{ mb: 0.5 }} />}
      {addressLines(address).map((line) => (
        <Box key={line} sx={{ overflowWrap: 'anywhere' }}>
          {line}
        </Box>
      ))}
    </Box>
  );
}

function Order({ order }: { order: CustomerOrder }) {
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1.5,
        alignItems: 'center',
        px: 2.5,
        py: 1.25,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ flex: '1 1 12rem', minWidth: 0 }}>
        <RowLink to={orderPath(order.id)} sx={{ fontWeight: 600 }}>
          {order.number}
        </RowLink>
        <Box sx={{ color: 'text.secondary', fontSize: '0.875rem', overflowWrap: 'anywhere' }}>
          {order.title}
          {order.itemCount > 1 && ` and ${order.itemCount - 1} more`}
        </Box>
      </Box>
      <Status of={order.status} />
      <Box sx={{ fontWeight: 600, minWidth: '5rem', textAlign: 'right' }}>{formatMoney(order.total)}</Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', minWidth: '6rem', textAlign: 'right' }}>
        <When at={order.createdAt} />
      </Box>
    </Box>
  );
}

const plainList = { listStyle: 'none', m: 0, p: 0 } as const;

function Content() {
  const { record, error, isPending, refetch } = useShowContext<CustomerDetail>();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  // A list's row may be at hand before the rest is.
  if (isPending || !record?.addresses) {
    return (
      <>
        <PageHeader title="Customer" back={BACK} />
        <Waiting />
      </>
    );
  }
  const { email, name, emailVerified, marketingConsent, createdAt, addresses, orders } = record;
  return (
    <>
      <PageHeader title={name ?? email} back={BACK} intro={name ? email : undefined} />
      <Box
        sx={{
          display: 'grid',
          gap: 2.5,
          gridTemplateColumns: { xs: '1fr', lg: '1fr 1.6fr' },
          alignItems: 'start',
        }}
      >
        <Stack spacing={2.5} sx={{ minWidth: 0 }}>
          <Panel title="Profile">
            <Box component="dl" sx={{ m: 0, display: 'grid', gap: 1.5 }}>
              <Fact label="Email">{email}</Fact>
              <Fact label="Address verified">{emailVerified ? 'Yes' : 'Not yet'}</Fact>
              <Fact label="Offers by email">{marketingConsent ? 'Wanted' : 'Not wanted'}</Fact>
              <Fact label="Customer since">
                <When at={createdAt} exact />
              </Fact>
            </Box>
          </Panel>
          <Panel title="Addresses">
            {addresses.length === 0 ? (
              <Box sx={{ color: 'text.secondary' }}>None kept.</Box>
            ) : (
              <Box component="ul" sx={{ ...plainList, display: 'grid', gap: 1.25 }}>
                {addresses.map((address) => (
                  <Address key={address.id} address={address} />
                ))}
              </Box>
            )}
          </Panel>
        </Stack>
        <Panel title="Latest orders" flush>
          {orders.length === 0 ? (
            <Empty title="No orders yet" />
          ) : (
            <Box component="ul" sx={plainList}>
              {orders.map((order) => (
                <Order key={order.id} order={order} />
              ))}
            </Box>
          )}
        </Panel>
      </Box>
    </>
  );
}

/** A customer, as far as staff need to know them. */
export function CustomerShow() {
  return (
    <ShowBase>
      <Content />
    </ShowBase>
  );
}
