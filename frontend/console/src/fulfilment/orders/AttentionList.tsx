import { formatMoney } from '@ironmonger/api';
import Box from '@mui/material/Box';
import { SimpleList } from 'react-admin';
import { LiveMark } from '../../live/LiveMark';
import { useLiveList } from '../../live/useLive';
import { DataRows } from '../../parts/DataRows';
import { Empty } from '../../parts/Empty';
import { CursorList, ListBody, useIsPhone } from '../../parts/ListParts';
import { PageHeader } from '../../parts/PageHeader';
import { PhoneRow } from '../../parts/PhoneRow';
import { RowLink } from '../../parts/RowLink';
import { When } from '../../parts/When';
import type { AttentionRow } from '../types';
import { count } from '../words';
import { orderPath } from './paths';

function Rows() {
  if (useIsPhone()) {
    return (
      <SimpleList<AttentionRow>
        rowClick={(id) => orderPath(String(id))}
        primaryText={(row) => <PhoneRow title={row.number}>{row.reason}</PhoneRow>}
        tertiaryText={(row) => <When at={row.at} />}
      />
    );
  }
  return (
    <DataRows<AttentionRow>
      label="Orders that need attention"
      columns={[
        { label: 'Order', render: (row) => <RowLink to={orderPath(row.id)}>{row.number}</RowLink> },
        {
          label: 'Why',
          render: (row) => <Box sx={{ overflowWrap: 'anywhere', maxWidth: '32rem' }}>{row.reason}</Box>,
        },
        {
          label: 'Nobody sends',
          render: (row) => (row.unassigned > 0 ? count(row.unassigned, 'piece') : '–'),
        },
        { label: 'Total', align: 'right', render: (row) => formatMoney(row.total) },
        { label: 'Since', render: (row) => <When at={row.at} /> },
      ]}
    />
  );
}

/** Orders that the desk cannot go on with by itself. */
export function AttentionList() {
  const { liveness, everyMs } = useLiveList(['attention']);
  return (
    <CursorList everyMs={everyMs}>
      <PageHeader
        title="Needs attention"
        beside={<LiveMark liveness={liveness} />}
        intro="Paid orders that no supplier can be found for, or whose suppliers did not deliver. Each waits for you to decide."
      />
      <ListBody
        empty={<Empty title="Nothing needs attention">Every paid order is sent or on its way.</Empty>}
      >
        <Rows />
      </ListBody>
    </CursorList>
  );
}
