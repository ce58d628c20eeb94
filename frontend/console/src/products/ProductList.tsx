import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import { SimpleList, useListContext } from 'react-admin';
import type { ProductRow } from '../api/types';
import { ExportCatalogue } from '../imports/ExportCatalogue';
import { DataRows } from '../parts/DataRows';
import { Empty } from '../parts/Empty';
import { LinkButton } from '../parts/LinkButton';
import { CursorList, ListBody, useIsPhone } from '../parts/ListParts';
import { PageHeader } from '../parts/PageHeader';
import { PhoneRow } from '../parts/PhoneRow';
import { Price } from '../parts/Price';
import { RowLink } from '../parts/RowLink';
import { Status } from '../parts/Status';
import { Thumb } from '../parts/Thumb';
import { When } from '../parts/When';
import { BulkEdit } from './BulkEdit';
import { ProductFilters, useCategoryChoices } from './ProductFilters';

const inStock = ({ available }: ProductRow) => (
  <Box component="span" sx={available === 0 ? { color: 'error.main', fontWeight: 600 } : {}}>
    {available === 0 ? 'None' : available}
  </Box>
);

/** What is selected is what one sees: another page or filter begins anew. */
function useSelectionOfThisPage() {
  const { page, filterValues, onUnselectItems } = useListContext();
  const shown = JSON.stringify([page, filterValues]);
  const last = useRef(shown);
  useEffect(() => {
    if (last.current === shown) return;
    last.current = shown;
    onUnselectItems();
  }, [shown, onUnselectItems]);
}

function Table() {
  useSelectionOfThisPage();
  const choices = useCategoryChoices();
  const title = (slug: string) => choices.find(({ id }) => id === slug)?.name.trim() ?? slug;
  return (
    <DataRows<ProductRow>
      label="Products"
      bulk={{ nameOf: ({ title }) => title, actions: <BulkEdit /> }}
      columns={[
        {
          label: 'Product',
          render: (row) => (
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, minWidth: 220 }}>
              <Thumb image={row.image} />
              <Box sx={{ minWidth: 0 }}>
                <RowLink to={`/products/${row.id}`}>{row.title}</RowLink>
                <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
                  {row.variantCount === 1 ? 'One variant' : `${row.variantCount} variants`}
                  {row.brand && ` · ${row.brand.title}`}
                </Box>
              </Box>
            </Box>
          ),
        },
        { label: 'Status', render: (row) => <Status of={row.status} /> },
        { label: 'Categories', render: (row) => row.categories.map(title).join(', ') },
        {
          label: 'Price',
          align: 'right',
          render: (row) => <Price price={row.price} compareAt={row.compareAtPrice} />,
        },
        { label: 'Available', align: 'right', render: inStock },
        { label: 'Changed', render: (row) => <When at={row.updatedAt} /> },
      ]}
    />
  );
}

function Phone() {
  return (
    <SimpleList<ProductRow>
      rowClick={(id) => `/products/${id}`}
      primaryText={(row) => (
        <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center' }}>
          <Thumb image={row.image} />
          <PhoneRow title={row.title}>
            <Status of={row.status} />
            <Price price={row.price} compareAt={row.compareAtPrice} />
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {inStock(row)} in stock
            </Box>
          </PhoneRow>
        </Box>
      )}
    />
  );
}

/** The catalogue. */
export function ProductList() {
  const isPhone = useIsPhone();
  const add = (
    <LinkButton to="/products/create" icon={<AddIcon />} main>
      Add a product
    </LinkButton>
  );
  return (
    <CursorList>
      <PageHeader
        title="Products"
        actions={
          <>
            <ExportCatalogue />
            {add}
          </>
        }
      />
      <ListBody
        filters={<ProductFilters />}
        empty={
          <Empty title="No products yet" action={add}>
            Add the first one, or import a whole list as CSV.
          </Empty>
        }
      >
        {isPhone ? <Phone /> : <Table />}
      </ListBody>
    </CursorList>
  );
}
