import AddIcon from '@mui/icons-material/VpnKeyOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import { useState } from 'react';
import { ListBase, useListContext, useNotify } from 'react-admin';
import type { NewPartnerKey, PartnerKey } from '../api/people';
import { PAGE_SIZE } from '../data/provider';
import { useDesk } from '../data/useDesk';
import { Confirm } from '../parts/Confirm';
import { Empty } from '../parts/Empty';
import { ListBody } from '../parts/ListParts';
import { ListRow } from '../parts/ListRow';
import { PageHeader } from '../parts/PageHeader';
import { Status } from '../parts/Status';
import { When } from '../parts/When';
import { NewKeyDialog } from './NewKeyDialog';
import { ShowKeyDialog } from './ShowKeyDialog';

function Key({ partnerKey: key, onRevoke }: { partnerKey: PartnerKey; onRevoke: () => void }) {
  const { name, scopes, createdAt, createdBy, lastUsedAt, revokedAt } = key;
  return (
    <ListRow>
      <Box sx={{ flex: '1 1 16rem', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{name}</Box>
          {revokedAt && <Status of="revoked" />}
        </Box>
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
          Made <When at={createdAt} /> by {createdBy}
        </Box>
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
        {scopes.map((scope) => (
          <Chip key={scope} size="small" variant="outlined" label={scope} />
        ))}
      </Box>
      <Box sx={{ minWidth: '8rem', fontSize: '0.875rem', color: 'text.secondary' }}>
        {lastUsedAt ? (
          <>
            Used <When at={lastUsedAt} />
          </>
        ) : (
          'Never used'
        )}
      </Box>
      <Button
        size="small"
        color="error"
        disabled={revokedAt !== null}
        aria-label={`Revoke ${name}`}
        onClick={onRevoke}
      >
        Revoke
      </Button>
    </ListRow>
  );
}

function Content() {
  const desk = useDesk();
  const notify = useNotify();
  const { data = [], refetch } = useListContext<PartnerKey>();
  const [isNew, setNew] = useState(false);
  const [made, setMade] = useState<NewPartnerKey>();
  const [revoking, setRevoking] = useState<PartnerKey>();
  const add = (
    <Button variant="contained" color="secondary" startIcon={<AddIcon />} onClick={() => setNew(true)}>
      Make a key
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Partner keys"
        intro="For programs of partners that read the catalogue or place orders. A key is shown once, when it is made."
        actions={add}
      />
      <ListBody card={false} empty={<Empty title="No keys yet" action={add} />}>
        <Card>
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {data.map((key) => (
              <Key key={key.id} partnerKey={key} onRevoke={() => setRevoking(key)} />
            ))}
          </Box>
        </Card>
      </ListBody>
      {isNew && (
        <NewKeyDialog
          onSave={async (values) => {
            setMade(await desk.createPartnerKey(values));
            void refetch();
          }}
          onClose={() => setNew(false)}
        />
      )}
      {made && <ShowKeyDialog made={made} onClose={() => setMade(undefined)} />}
      <Confirm
        open={revoking !== undefined}
        title={`Revoke “${revoking?.name ?? ''}”?`}
        confirm="Revoke"
        onClose={() => setRevoking(undefined)}
        onConfirm={async () => {
          if (!revoking) return;
          await desk.revokePartnerKey(revoking.id);
          notify(`“${revoking.name}” opens nothing any more.`, { type: 'success' });
          void refetch();
        }}
      >
        Whoever uses it is refused from now on. This cannot be taken back; a new key can be made.
      </Confirm>
    </>
  );
}

/** The keys of partners' programs. */
export function PartnerKeyList() {
  return (
    <ListBase perPage={PAGE_SIZE} storeKey={false} exporter={false}>
      <Content />
    </ListBase>
  );
}
