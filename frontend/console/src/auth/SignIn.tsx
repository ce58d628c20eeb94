import { IdentityError, type IdentityField, type SignInStep } from '@ironmonger/identity';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useLogin } from 'react-admin';
import { useServices } from '../services';
import { CodeField, EmailField, PasswordField } from './fields';
import { SignInCard } from './SignInCard';

type Step = 'credentials' | 'newPassword' | 'totp' | 'forgot' | 'reset';

const HEADINGS: Readonly<Record<Step, { title: string; intro: string; button: string }>> = {
  credentials: { title: 'Sign in', intro: 'For the staff of the shop.', button: 'Sign in' },
  newPassword: {
    title: 'Choose a password',
    intro: 'You were invited with a temporary password. Choose one that only you know.',
    button: 'Save and sign in',
  },
  totp: {
    title: 'One more step',
    intro: 'Type the six digits that your authenticator shows.',
    button: 'Confirm',
  },
  forgot: {
    title: 'Forgotten your password?',
    intro: 'We send a code to your e-mail address.',
    button: 'Send the code',
  },
  reset: {
    title: 'Choose a new password',
    intro: 'Type the code from the e-mail, and the password that you want.',
    button: 'Save the password',
  },
};

const NOT_STAFF = 'This account is not of the staff. Ask an admin for an invitation.';

/** Signing in, with the steps that it may take: an invitation's new password, a second factor, a reset. */
export function SignIn() {
  const { identity } = useServices();
  const login = useLogin();
  const [step, setStep] = useState<Step>('credentials');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [next, setNext] = useState('');
  const [code, setCode] = useState('');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<{ message: string; field: IdentityField | undefined }>();
  const [notice, setNotice] = useState<string>();
  const { title, intro, button } = HEADINGS[step];

  useEffect(() => {
    document.title = `${title} · Ironmonger Console`;
  }, [title]);

  const go = (to: Step) => {
    setStep(to);
    setFailure(undefined);
    setCode('');
    setNext('');
  };

  async function arrive(outcome: SignInStep): Promise<void> {
    if (outcome === 'newPassword' || outcome === 'totp') return go(outcome);
    if (outcome === 'resetPassword') {
      await identity.requestPasswordReset(email);
      return go('reset');
    }
    if (outcome === 'confirmSignUp') throw new IdentityError('NotStaff', NOT_STAFF);
    const state = identity.state();
    if (state.status !== 'signedIn' || state.user.groups.length === 0) {
      await identity.signOut();
      throw new IdentityError('NotStaff', NOT_STAFF);
    }
    await login({});
  }

  const deeds: Readonly<Record<Step, () => Promise<void>>> = {
    credentials: async () => arrive(await identity.signIn(email, password)),
    newPassword: async () => arrive(await identity.answerNewPassword(next)),
    totp: async () => arrive(await identity.answerTotp(code)),
    forgot: async () => {
      await identity.requestPasswordReset(email);
      go('reset');
    },
    reset: async () => {
      await identity.resetPassword(email, code, next);
      setPassword('');
      setNotice('Your password is saved. Sign in with it.');
      go('credentials');
    },
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setFailure(undefined);
    setNotice(undefined);
    try {
      await deeds[step]();
    } catch (error) {
      setFailure(
        error instanceof IdentityError
          ? { message: error.message, field: error.field }
          : { message: 'Something unexpected went wrong. Try again.', field: undefined },
      );
    } finally {
      setPending(false);
    }
  }

  const errorOf = (field: IdentityField) => (failure?.field === field ? failure.message : undefined);
  const fields: Readonly<Record<Step, { of: readonly IdentityField[]; form: ReactNode }>> = {
    credentials: {
      of: ['email', 'password'],
      form: (
        <>
          <EmailField
            label="Email address"
            value={email}
            onChange={setEmail}
            error={errorOf('email')}
            autoFocus
          />
          <PasswordField
            label="Password"
            value={password}
            onChange={setPassword}
            error={errorOf('password')}
          />
        </>
      ),
    },
    newPassword: {
      of: ['password'],
      form: (
        <PasswordField
          isNew
          autoFocus
          label="New password"
          value={next}
          onChange={setNext}
          error={errorOf('password')}
          helperText="At least twelve characters."
        />
      ),
    },
    totp: {
      of: ['code'],
      form: (
        <CodeField label="Six-digit code" value={code} onChange={setCode} error={errorOf('code')} autoFocus />
      ),
    },
    forgot: {
      of: ['email'],
      form: (
        <EmailField
          label="Email address"
          value={email}
          onChange={setEmail}
          error={errorOf('email')}
          autoFocus
        />
      ),
    },
    reset: {
      of: ['code', 'password'],
      form: (
        <>
          <CodeField label="Code" value={code} onChange={setCode} error={errorOf('code')} autoFocus />
          <PasswordField
            isNew
            label="New password"
            value={next}
            onChange={setNext}
            error={errorOf('password')}
          />
        </>
      ),
    },
  };
  const isGeneral = failure && (!failure.field || !fields[step].of.includes(failure.field));

  return (
    <SignInCard>
      <form onSubmit={submit} noValidate={false}>
        <Stack spacing={2}>
          <div>
            <Typography variant="h1" sx={{ fontSize: '1.6rem' }}>
              {title}
            </Typography>
            <Typography color="textSecondary">{intro}</Typography>
          </div>
          {notice && <Alert severity="success">{notice}</Alert>}
          {isGeneral && <Alert severity="error">{failure.message}</Alert>}
          {fields[step].form}
          <Button type="submit" variant="contained" color="secondary" size="large" loading={pending}>
            {button}
          </Button>
          {step === 'credentials' ? (
            <Button onClick={() => go('forgot')}>Forgotten your password?</Button>
          ) : (
            <Button onClick={() => go('credentials')}>Back to signing in</Button>
          )}
        </Stack>
      </form>
    </SignInCard>
  );
}
