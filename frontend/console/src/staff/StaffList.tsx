import AddIcon from '@mui/icons-material/PersonAddAltOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import { useState } from 'react';
import { useDataProvider, useListContext, useNotify } from 'react-admin';
import type { StaffMember } from '../api/people';
import { useUser } from '../auth/useUser';
import { Confirm } from '../parts/Confirm';
import { Empty } from '../parts/Empty';
import { FormDialog } from '../parts/FormDialog';
import { CursorList, ListBody } from '../parts/ListParts';
import { ListRow } from '../parts/ListRow';
import { PageHeader } from '../parts/PageHeader';
import { Status } from '../parts/Status';
import { TextControl } from '../parts/TextControl';
import { When } from '../parts/When';
import { GroupField } from './GroupField';

type Dialog = { kind: 'invite' } | { kind: 'group' | 'remove'; member: StaffMember };

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const PENDING: Readonly<Record<string, string>> = {
  join: 'Joining is not finished: invite them again.',
  change: 'The change of group is not finished: change it again.',
  leave: 'Leaving is not finished: remove them again.',
};

function Member({ member, onOpen }: { member: StaffMember; onOpen: (dialog: Dialog) => void }) {
  const isMe = useUser()?.id === member.id;
  return (
    <ListRow>
      <Box sx={{ flex: '1 1 14rem', minWidth: 0 }}>
        <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
          {member.email}
          {isMe && (
            <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
              {' '}
              (you)
            </Box>
          )}
        </Box>
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          Added <When at={member.createdAt} />
        </Box>
        {member.pending && (
          <Alert severity="warning" sx={{ mt: 0.75, py: 0 }}>
            {PENDING[member.pending]}
          </Alert>
        )}
      </Box>
      <Chip size="small" variant="outlined" label={member.group === 'admin' ? 'Admin' : 'Operator'} />
      <Status of={member.status} />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button
          size="small"
          variant="outlined"
          disabled={isMe}
          aria-label={`Change group of ${member.email}`}
          onClick={() => onOpen({ kind: 'group', member })}
        >
          Change group
        </Button>
        <Button
          size="small"
          color="error"
          disabled={isMe}
          aria-label={`Remove ${member.email}`}
          onClick={() => onOpen({ kind: 'remove', member })}
        >
          Remove
        </Button>
      </Box>
    </ListRow>
  );
}

function Content() {
  const dataProvider = useDataProvider();
  const notify = useNotify();
  const { data = [], refetch } = useListContext<StaffMember>();
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const done = (message: string) => {
    notify(message, { type: 'success' });
    void refetch();
  };
  return (
    <>
      <PageHeader
        title="Staff"
        intro="Who works in this console. Operators run the catalogue and the customers; admins also staff, keys and the audit trail."
        actions={
          <Button
            variant="contained"
            color="secondary"
            startIcon={<AddIcon />}
            onClick={() => setDialog({ kind: 'invite' })}
          >
            Invite somebody
          </Button>
        }
      />
      <ListBody card={false} empty={<Empty title="Nobody works here yet" />}>
        <Card>
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {data.map((member) => (
              <Member key={member.id} member={member} onOpen={setDialog} />
            ))}
          </Box>
        </Card>
      </ListBody>
      {dialog?.kind === 'invite' && (
        <FormDialog<{ email: string; group: string }>
          open
          title="Invite somebody"
          intro="They get an e-mail with a temporary password, and choose their own when they first sign in."
          save="Invite"
          defaultValues={{ email: '', group: 'operator' }}
          validate={({ email }) => ({
            email: EMAIL.test(email?.trim() ?? '') ? undefined : 'Type an e-mail address.',
          })}
          onSave={async (values) => {
            await dataProvider.create('staff', { data: values });
            done(`${values.email} is invited.`);
          }}
          onClose={close}
        >
          <TextControl source="email" label="Email address" email required autoFocus />
          <GroupField />
        </FormDialog>
      )}
      {dialog?.kind === 'group' && (
        <FormDialog<{ group: string }>
          open
          title="Change the group"
          intro={`${dialog.member.email} will have to sign in again.`}
          save="Change"
          defaultValues={{ group: dialog.member.group }}
          validate={() => ({})}
          onSave={async ({ group }) => {
            const { member } = dialog;
            await dataProvider.update('staff', { id: member.id, data: { group }, previousData: member });
            done(`${member.email} is ${group === 'admin' ? 'an admin' : 'an operator'} now.`);
          }}
          onClose={close}
        >
          <GroupField />
        </FormDialog>
      )}
      <Confirm
        open={dialog?.kind === 'remove'}
        title={`Remove ${dialog?.kind === 'remove' ? dialog.member.email : ''}?`}
        confirm="Remove"
        onClose={close}
        onConfirm={async () => {
          if (dialog?.kind !== 'remove') return;
          await dataProvider.delete('staff', { id: dialog.member.id, previousData: dialog.member });
          done(`${dialog.member.email} is removed.`);
        }}
      >
        They are signed out at once and cannot come back unless somebody invites them again. What they did
        stays in the audit trail.
      </Confirm>
    </>
  );
}

/** Who works in the console. */
export function StaffList() {
  return (
    <CursorList>
      <Content />
    </CursorList>
  );
}
