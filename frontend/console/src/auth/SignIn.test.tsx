import { type Identity, IdentityError, type IdentityState, type SignInStep } from '@ironmonger/identity';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AdminContext, TestMemoryRouter } from 'react-admin';
import { beforeEach, expect, it, vi } from 'vitest';
import { type Services, ServicesProvider } from '../services';
import { createAuthProvider } from './authProvider';
import { SignIn } from './SignIn';

const STAFF: IdentityState = {
  status: 'signedIn',
  user: { id: 'u', email: 'ada@example.org', groups: ['operator'] },
};

let state: IdentityState;
beforeEach(() => {
  state = { status: 'guest' };
});

/** The sign-in page with an identity that does as it is told. */
function open(parts: Partial<Identity>) {
  const signOut = vi.fn(async () => {
    state = { status: 'guest' };
  });
  const identity = { state: () => state, ready: async () => state, signOut, ...parts } as unknown as Identity;
  const authProvider = createAuthProvider(identity);
  const login = vi.spyOn(authProvider, 'login');
  render(
    <TestMemoryRouter>
      <ServicesProvider services={{ identity } as unknown as Services}>
        <AdminContext authProvider={authProvider}>
          <SignIn />
        </AdminContext>
      </ServicesProvider>
    </TestMemoryRouter>,
  );
  return { login, signOut };
}

const arriving = (as: IdentityState) => async (): Promise<SignInStep> => {
  state = as;
  return 'done';
};

const field = (label: RegExp) => screen.getByLabelText(label, { selector: 'input' });

async function signIn() {
  await userEvent.type(field(/Email address/), 'ada@example.org');
  await userEvent.type(field(/^Password/), 'temporary');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

it('asks who was invited for a password of their own', async () => {
  const answerNewPassword = vi.fn(arriving(STAFF));
  const { login } = open({ signIn: async () => 'newPassword', answerNewPassword });
  await signIn();
  expect(screen.getByRole('heading', { name: 'Choose a password' })).toBeTruthy();
  expect(login).not.toHaveBeenCalled();
  await userEvent.type(field(/New password/), 'words of my own');
  await userEvent.click(screen.getByRole('button', { name: 'Save and sign in' }));
  expect(answerNewPassword).toHaveBeenCalledWith('words of my own');
  expect(login).toHaveBeenCalledOnce();
});

it('asks for a second factor, and says where a code is wrong', async () => {
  const answerTotp = vi
    .fn<(code: string) => Promise<SignInStep>>()
    .mockRejectedValueOnce(
      new IdentityError('CodeMismatchException', 'That code is not right.', { field: 'code' }),
    )
    .mockImplementationOnce(arriving(STAFF));
  const { login } = open({ signIn: async () => 'totp', answerTotp });
  await signIn();
  await userEvent.type(field(/Six-digit code/), '000000');
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }));
  expect(screen.getByText('That code is not right.')).toBeTruthy();
  expect(field(/Six-digit code/).getAttribute('aria-invalid')).toBe('true');
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }));
  expect(login).toHaveBeenCalledOnce();
});

it('does not let customers in', async () => {
  const customer: IdentityState = {
    status: 'signedIn',
    user: { id: 'c', email: 'c@example.org', groups: [] },
  };
  const { login, signOut } = open({ signIn: arriving(customer) });
  await signIn();
  expect(screen.getByRole('alert').textContent).toMatch(/not of the staff/);
  expect(signOut).toHaveBeenCalledOnce();
  expect(login).not.toHaveBeenCalled();
});

it('resets a forgotten password by e-mail', async () => {
  const requestPasswordReset = vi.fn(async () => undefined);
  const resetPassword = vi.fn(async () => undefined);
  open({ requestPasswordReset, resetPassword });
  await userEvent.click(screen.getByRole('button', { name: 'Forgotten your password?' }));
  await userEvent.type(field(/Email address/), 'ada@example.org');
  await userEvent.click(screen.getByRole('button', { name: 'Send the code' }));
  await userEvent.type(field(/^Code/), '123456');
  await userEvent.type(field(/New password/), 'words of my own');
  await userEvent.click(screen.getByRole('button', { name: 'Save the password' }));
  expect(resetPassword).toHaveBeenCalledWith('ada@example.org', '123456', 'words of my own');
  expect(screen.getByRole('heading', { name: 'Sign in' })).toBeTruthy();
});
