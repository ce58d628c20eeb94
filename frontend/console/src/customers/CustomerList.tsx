import { SimpleList } from 'react-admin';
import type { Customer } from '../api/people';
import { DataRows } from '../parts/DataRows';
import { Empty } from '../parts/Empty';
import { FilterBar, SearchFilter } from '../parts/Filters';
import { CursorList, ListBody, useIsPhone } from '../parts/ListParts';
import { PageHeader } from '../parts/PageHeader';
import { RowLink } from '../parts/RowLink';
import { When } from '../parts/When';

const page = (id: string) => `/customers/${encodeURIComponent(id)}/show`;

function Rows() {
  if (useIsPhone()) {
    return (
      <SimpleList<Customer>
        rowClick={(id) => page(String(id))}
        primaryText={(row) => row.email}
        secondaryText={(row) => row.name ?? 'No name given'}
        tertiaryText={(row) => <When at={row.createdAt} />}
      />
    );
  }
  return (
    <DataRows<Customer>
      label="Customers"
      columns={[
        { label: 'Email', render: (row) => <RowLink to={page(row.id)}>{row.email}</RowLink> },
        { label: 'Name', render: (row) => row.name ?? '–' },
        { label: 'Since', render: (row) => <When at={row.createdAt} /> },
      ]}
    />
  );
}

/** Everybody with an account. */
export function CustomerList() {
  return (
    <CursorList>
      <PageHeader title="Customers" intro="Everybody with an account, by e-mail address." />
      <ListBody
        filters={
          <FilterBar>
            <SearchFilter source="email" label="Email begins with" />
          </FilterBar>
        }
        empty={<Empty title="No customers yet">Whoever opens an account in the shop is listed here.</Empty>}
      >
        <Rows />
      </ListBody>
    </CursorList>
  );
}
