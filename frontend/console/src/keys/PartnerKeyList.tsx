import AddIcon from '@mui/icons-material/VpnKeyOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import { useState } from 'react';
import { useListContext, useNotify } from 'react-admin';
import type { NewPartnerKey, PartnerKey } from '../api/people';
import { useDesk } from '../data/useDesk';
import { Confirm } from '../parts/Confirm';
import { Empty } from '../parts/Empty';
import { CursorList, ListBody } from '../parts/ListParts';
import { ListRow } from '../parts/ListRow';
import { PageHeader } from '../parts/PageHeader';
import { Status } from '../parts/Status';
import { When } from '../parts/When';
import { Callback } from './Callback';
import { NewKeyDialog } from './NewKeyDialog';
import { ShowKeyDialog } from './ShowKeyDialog';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

const small = { color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' } as const;

function Key({
  partnerKey: key,
  siblings,
  onReplace,
  onRevoke,
}: {
  partnerKey: PartnerKey;
  /** The other keys of the same partner. */
  siblings: readonly PartnerKey[];
  onReplace: () => void;
  onRevoke: () => void;
}) {
  const { name, scopes, createdAt, createdBy, lastUsedAt, revokedAt, callback } = key;
  return (
    <ListRow>
      <Box sx={{ flex: '1 1 16rem', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{name}</Box>
          {revokedAt && <Status of="revoked" />}
        </Box>
        <Box sx={small}>
          Made <When at={createdAt} /> by {createdBy}
          {siblings.length > 0 && `, for the same partner as ${siblings.map(keyWords).join(' and ')}`}
        </Box>
        {callback && revokedAt === null && <Callback callback={callback} />}
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
      <Button size="small" aria-label={`Replace ${name}`} onClick={onReplace}>
        Replace
      </Button>
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

/** A key among others of the same partner. */
const keyWords = ({ name, createdAt, revokedAt }: PartnerKey) =>
  `“${name}” of ${DAY.format(new Date(createdAt))}${revokedAt ? ' (revoked)' : ''}`;

function Content() {
  const desk = useDesk();
  const notify = useNotify();
  const { data = [], refetch } = useListContext<PartnerKey>();
  /** The key that is being made: a new partner's, or in the place of another. */
  const [asked, setAsked] = useState<{ replaced?: PartnerKey }>();
  const [made, setMade] = useState<NewPartnerKey>();
  const [revoking, setRevoking] = useState<PartnerKey>();
  const add = (
    <Button variant="contained" color="secondary" startIcon={<AddIcon />} onClick={() => setAsked({})}>
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
              <Key
                key={key.id}
                partnerKey={key}
                siblings={data.filter(({ id, partnerId }) => partnerId === key.partnerId && id !== key.id)}
                onReplace={() => setAsked({ replaced: key })}
                onRevoke={() => setRevoking(key)}
              />
            ))}
          </Box>
        </Card>
      </ListBody>
      {asked && (
        <NewKeyDialog
          replaced={asked.replaced}
          onSave={async (values) => {
            const { replaced } = asked;
            setMade(await desk.createPartnerKey({ ...values, ...(replaced && { replaces: replaced.id }) }));
            void refetch();
          }}
          onClose={() => setAsked(undefined)}
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
        Whoever uses it is refused from now on. This cannot be taken back. If the partner shall go on, replace
        the key first: the new one has its orders and its callback.
      </Confirm>
    </>
  );
}

/** The keys of partners' programs. */
export function PartnerKeyList() {
  return (
    <CursorList>
      <Content />
    </CursorList>
  );
}
