import { describe, expect, it } from 'vitest';
import { type Step, toIdentityError } from './errors';

const told = (name: string, step: Step, message = '') => {
  const { field, message: words } = toIdentityError(Object.assign(new Error(message), { name }), step);
  return { field, words };
};

describe('toIdentityError', () => {
  it('puts a message at the field that it is about', () => {
    expect(told('UsernameExistsException', 'signUp').field).toBe('email');
    expect(told('CodeMismatchException', 'code').field).toBe('code');
    expect(told('ExpiredCodeException', 'newPassword').words).toMatch(/Ask for a new one/);
    expect(told('InvalidParameterException', 'signUp', 'Invalid email address format.').field).toBe('email');
  });

  it('says what a password lacks', () => {
    const said = 'Password did not conform with policy: Password not long enough';
    expect(told('InvalidPasswordException', 'signUp', said)).toEqual({
      field: 'password',
      words: 'This password is too weak: use more characters.',
    });
    expect(told('InvalidPasswordException', 'signUp', 'must have uppercase characters').words).toMatch(
      /capital letter/,
    );
    const constraint = "Value at 'password' failed to satisfy constraint: length greater than or equal to 6";
    expect(told('InvalidParameterException', 'signUp', constraint).field).toBe('password');
  });

  it('reads the same refusal by what was being done', () => {
    expect(told('NotAuthorizedException', 'changePassword').field).toBe('currentPassword');
    expect(told('NotAuthorizedException', 'session').words).toMatch(/no longer signed in/);
    expect(told('NotAuthorizedException', 'signIn', 'Password attempts exceeded').words).toMatch(/Wait/);
    expect(told('NotAuthorizedException', 'totp', 'Invalid session for the user.').words).toMatch(/too long/);
    expect(told('NotAuthorizedException', 'signIn', 'User is disabled.').words).toMatch(/closed/);
  });

  it('never shows the words of a programming error', () => {
    expect(told('TypeError', 'signIn', 'x is undefined').words).not.toMatch(/undefined/);
  });
});
