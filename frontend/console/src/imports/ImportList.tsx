import AddIcon from '@mui/icons-material/UploadFileOutlined';
import Box from '@mui/material/Box';
import { SimpleList } from 'react-admin';
import type { ProductImport } from '../api/types';
import { DataRows } from '../parts/DataRows';
import { Empty } from '../parts/Empty';
import { LinkButton } from '../parts/LinkButton';
import { CursorList, ListBody, useIsPhone } from '../parts/ListParts';
import { PageHeader } from '../parts/PageHeader';
import { PhoneRow } from '../parts/PhoneRow';
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
          <PhoneRow title={row.fileName}>
            <Status of={row.status} />
            {modeName(row.mode)}
            {row.errorCount > 0 && <Box sx={{ color: 'error.main' }}>{row.errorCount} wrong</Box>}
          </PhoneRow>
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
    <LinkButton to="/product-imports/create" icon={<AddIcon />} main>
      Import a file
    </LinkButton>
  );
  return (
    <CursorList>
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
    </CursorList>
  );
}
