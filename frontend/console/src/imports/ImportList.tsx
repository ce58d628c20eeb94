import AddIcon from '@mui/icons-material/UploadFileOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { ListBase, SimpleList } from 'react-admin';
import { Link } from 'react-router-dom';
import type { ProductImport } from '../api/types';
import { PAGE_SIZE } from '../data/provider';
import { DataRows } from '../parts/DataRows';
import { Empty } from '../parts/Empty';
import { ListBody, useIsPhone } from '../parts/ListParts';
import { PageHeader } from '../parts/PageHeader';
import { RowLink } from '../parts/RowLink';
import { Status } from '../parts/Status';
import { When } from '../parts/When';
import { ExportCatalogue } from './ExportCatalogue';
import { modeName } from './words';

const reportPath = (id: string) => `/product-imports/${encodeURIComponent(id)}/show`;

function Rows() {
  if (useIsPhone()) {
    return (
      <SimpleList<ProductImport>
        rowClick={(id) => reportPath(String(id))}
        primaryText={(row) => (
          <Box>
            <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{row.fileName}</Box>
            <Box
              sx={{
                display: 'flex',
                flexWrap: 'wrap',
                gap: 1,
                mt: 0.5,
                alignItems: 'center',
                fontSize: '0.875rem',
              }}
            >
              <Status of={row.status} />
              {modeName(row.mode)}
              {row.errorCount > 0 && <Box sx={{ color: 'error.main' }}>{row.errorCount} wrong</Box>}
            </Box>
          </Box>
        )}
      />
    );
  }
  return (
    <DataRows<ProductImport>
      label="Imports"
      columns={[
        { label: 'File', render: (row) => <RowLink to={reportPath(row.id)}>{row.fileName}</RowLink> },
        { label: 'Mode', render: (row) => modeName(row.mode) },
        { label: 'Status', render: (row) => <Status of={row.status} /> },
        { label: 'Rows', align: 'right', render: (row) => row.rows ?? '–' },
        { label: 'New', align: 'right', render: (row) => row.created },
        { label: 'Changed', align: 'right', render: (row) => row.updated },
        {
          label: 'Mistakes',
          align: 'right',
          render: (row) => (
            <Box component="span" sx={row.errorCount > 0 ? { color: 'error.main', fontWeight: 600 } : {}}>
              {row.errorCount}
            </Box>
          ),
        },
        { label: 'When', render: (row) => <When at={row.createdAt} /> },
        { label: 'By', render: (row) => row.by },
      ]}
    />
  );
}

/** The reports of earlier imports, and the ways in and out. */
export function ImportList() {
  const start = (
    <Button
      component={Link}
      to="/product-imports/create"
      variant="contained"
      color="secondary"
      startIcon={<AddIcon />}
    >
      Import a file
    </Button>
  );
  return (
    <ListBase perPage={PAGE_SIZE} storeKey={false} exporter={false}>
      <PageHeader
        title="Import and export"
        intro="Products as CSV, out and in again: one row for each variant. The report of every import is kept."
        actions={
          <>
            <ExportCatalogue />
            {start}
          </>
        }
      />
      <ListBody
        empty={
          <Empty title="No imports yet" action={start}>
            Export the catalogue to see how the file must look, change it, and bring it back.
          </Empty>
        }
      >
        <Rows />
      </ListBody>
    </ListBase>
  );
}
