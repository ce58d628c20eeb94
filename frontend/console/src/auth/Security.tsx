import { IdentityError, qrPath, type TotpSetup } from '@ironmonger/identity';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNotify } from 'react-admin';
import { Confirm } from '../parts/Confirm';
import { Failure } from '../parts/Failure';
import { PageHeader } from '../parts/PageHeader';
import { Panel } from '../parts/Panel';
import { Waiting } from '../parts/Waiting';
import { useServices } from '../services';
import { CodeField, PasswordField } from './fields';

const words = (error: unknown) =>
  error instanceof IdentityError ? error.message : 'Something unexpected went wrong. Try again.';

function ChangePassword() {
  const { identity } = useServices();
  const notify = useNotify();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const field = failure instanceof IdentityError ? failure.field : undefined;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setFailure(undefined);
    try {
      await identity.changePassword(present, next);
      setPresent('');
      setNext('');
      notify('Your password is changed.', { type: 'success' });
    } catch (error) {
      setFailure(error);
    } finally {
      setPending(false);
    }
  }

  return (
    <Panel title="Password">
      <form onSubmit={submit}>
        <Stack spacing={2} sx={{ maxWidth: 420 }}>
          {failure !== undefined && field === undefined && <Alert severity="error">{words(failure)}</Alert>}
          <PasswordField
            label="Present password"
            value={present}
            onChange={setPresent}
            error={field === 'currentPassword' ? words(failure) : undefined}
          />
          <PasswordField
            isNew
            label="New password"
            value={next}
            onChange={setNext}
            error={field === 'password' ? words(failure) : undefined}
          />
          <div>
            <Button type="submit" variant="contained" color="secondary" loading={pending}>
              Change the password
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}

function Qr({ text }: { text: string }) {
  const { size, d } = qrPath(text);
  return (
    <Box
      sx={{
        width: 200,
        height: 200,
        p: 1,
        backgroundColor: '#fff',
        borderRadius: 1,
        border: 1,
        borderColor: 'divider',
      }}
    >
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label="QR code for your authenticator">
        <path d={d} fill="#000" />
      </svg>
    </Box>
  );
}

const TOTP_KEY = ['identity', 'totp'];

function SecondFactor() {
  const { identity } = useServices();
  const notify = useNotify();
  const client = useQueryClient();
  const {
    data: enabled,
    error,
    isPending,
    refetch,
  } = useQuery({
    queryKey: TOTP_KEY,
    queryFn: () => identity.totpEnabled(),
    retry: false,
  });
  const [setup, setSetup] = useState<TotpSetup>();
  const [code, setCode] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const [asking, setAsking] = useState(false);

  const begin = async () => {
    setFailure(undefined);
    try {
      setSetup(await identity.startTotp());
    } catch (refused) {
      setFailure(refused);
    }
  };
  const finish = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(undefined);
    try {
      await identity.confirmTotp(code);
      setSetup(undefined);
      setCode('');
      client.setQueryData(TOTP_KEY, true);
      notify('From now on, signing in asks for a code.', { type: 'success' });
    } catch (refused) {
      setFailure(refused);
    }
  };
  const content = () => {
    if (isPending) return <Waiting rows={2} />;
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    if (setup) {
      return (
        <form onSubmit={finish}>
          <Stack spacing={2} sx={{ maxWidth: 420 }}>
            <Typography>
              Scan this with your authenticator, then type the six digits that it shows.
            </Typography>
            <Qr text={setup.uri} />
            <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
              No camera? Type this key: <code>{setup.secret}</code>
            </Typography>
            <CodeField
              label="Six-digit code"
              value={code}
              onChange={setCode}
              error={failure === undefined ? undefined : words(failure)}
            />
            <Stack direction="row" spacing={1}>
              <Button type="submit" variant="contained" color="secondary">
                Switch on
              </Button>
              <Button onClick={() => setSetup(undefined)}>Cancel</Button>
            </Stack>
          </Stack>
        </form>
      );
    }
    return (
      <Stack spacing={2}>
        {failure !== undefined && <Alert severity="error">{words(failure)}</Alert>}
        <Typography>
          {enabled
            ? 'Signing in asks for a code from your authenticator.'
            : 'With an authenticator on your phone, a stolen password alone opens nothing.'}
        </Typography>
        <div>
          {enabled ? (
            <Button variant="outlined" color="error" onClick={() => setAsking(true)}>
              Switch off
            </Button>
          ) : (
            <Button variant="outlined" onClick={begin}>
              Set up an authenticator
            </Button>
          )}
        </div>
      </Stack>
    );
  };
  return (
    <Panel title="Second factor">
      {content()}
      <Confirm
        open={asking}
        title="Sign in without a code?"
        confirm="Switch off"
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          await identity.disableTotp();
          client.setQueryData(TOTP_KEY, false);
        }}
      >
        Your password alone will then open the console.
      </Confirm>
    </Panel>
  );
}

/** One's own password and second factor. */
export function Security() {
  return (
    <>
      <PageHeader title="Password and security" />
      <Stack spacing={2.5} sx={{ maxWidth: 720 }}>
        <ChangePassword />
        <SecondFactor />
      </Stack>
    </>
  );
}
