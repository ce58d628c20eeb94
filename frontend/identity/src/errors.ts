/** What a message about signing in or up belongs to. */
export type IdentityField = 'email' | 'password' | 'currentPassword' | 'code';

/** Something about an account did not go through; its message is for the person at the screen. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
  /** The user pool's name for it, such as `CodeMismatchException`. */
  readonly kind: string;
  /** The field that the message belongs to; without one it is about the form as a whole. */
  readonly field: IdentityField | undefined;

  constructor(kind: string, message: string, options: { field?: IdentityField; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.kind = kind;
    this.field = options.field;
  }
}

/** What was being done when the user pool refused; the same refusal reads differently. */
export type Step = 'signIn' | 'signUp' | 'code' | 'newPassword' | 'changePassword' | 'totp' | 'session';

const TOO_MANY = 'There were too many attempts. Wait a few minutes, then try again.';
const NO_MATCH = 'The email address and the password do not go together.';

/** The rules of a password in the user pool's words, and what they ask for in ours. */
const PASSWORD_RULES: readonly [RegExp, string][] = [
  [/long enough|greater than or equal/i, 'use more characters'],
  [/uppercase/i, 'add a capital letter'],
  [/lowercase/i, 'add a small letter'],
  [/numeric|number/i, 'add a digit'],
  [/symbol|special/i, 'add a sign such as ! or ?'],
  [/less than or equal|too long/i, 'use fewer characters'],
];

function passwordMessage(refusal: string): string {
  const asked = PASSWORD_RULES.filter(([rule]) => rule.test(refusal)).map(([, words]) => words);
  return asked.length > 0
    ? `This password is too weak: ${asked.join(', ')}.`
    : 'This password does not meet the rules. Try a longer one.';
}

interface Refusal {
  message: string;
  field?: IdentityField;
}

function notAuthorized(step: Step, said: string): Refusal {
  if (/attempts exceeded/i.test(said)) return { message: TOO_MANY };
  if (/disabled/i.test(said)) return { message: 'This account is closed.' };
  if (/cannot be confirmed/i.test(said)) {
    return { message: 'This account is confirmed already. Sign in with it.' };
  }
  if (/session|expired/i.test(said) && step !== 'signIn') {
    return { message: 'That took too long. Sign in again.' };
  }
  if (step === 'changePassword') {
    return { message: 'This is not your present password.', field: 'currentPassword' };
  }
  return { message: step === 'signIn' ? NO_MATCH : 'You are no longer signed in. Sign in again.' };
}

function invalidParameter(said: string): Refusal {
  if (/password/i.test(said)) return { message: passwordMessage(said), field: 'password' };
  if (/code/i.test(said)) return { message: 'A code is six digits.', field: 'code' };
  if (/e-?mail|username/i.test(said)) return { message: 'This is not an email address.', field: 'email' };
  return { message: 'The account service did not accept this. Check what you typed.' };
}

function refusalOf(kind: string, said: string, step: Step): Refusal {
  switch (kind) {
    case 'UsernameExistsException':
    case 'AliasExistsException':
      return {
        message: 'There is an account with this address already. Sign in, or choose a new password.',
        field: 'email',
      };
    case 'UserNotFoundException':
      return step === 'code' || step === 'newPassword'
        ? { message: 'That code is not right.', field: 'code' }
        : { message: NO_MATCH };
    case 'NotAuthorizedException':
      return notAuthorized(step, said);
    case 'InvalidPasswordException':
      return { message: passwordMessage(said), field: 'password' };
    case 'PasswordHistoryPolicyViolationException':
      return { message: 'You have used this password before. Choose another one.', field: 'password' };
    case 'InvalidParameterException':
      return invalidParameter(said);
    case 'CodeMismatchException':
    case 'EnableSoftwareTokenMFAException':
      return { message: 'That code is not right.', field: 'code' };
    case 'ExpiredCodeException':
      return step === 'totp'
        ? { message: 'That code has been used or has run out. Wait for the next one.', field: 'code' }
        : { message: 'That code has run out. Ask for a new one.', field: 'code' };
    case 'LimitExceededException':
    case 'TooManyRequestsException':
    case 'TooManyFailedAttemptsException':
      return { message: TOO_MANY };
    case 'CodeDeliveryFailureException':
      return { message: 'The email with the code could not be sent. Check the address.', field: 'email' };
    case 'NetworkError':
      return { message: 'The account service could not be reached. Check your connection and try again.' };
    case 'SignInException':
      return { message: 'That took too long. Sign in again.' };
    default:
      return { message: 'Something unexpected went wrong with your account. Try again.' };
  }
}

/** Turns what the user pool's client threw into a message for the person and the field it is about. */
export function toIdentityError(thrown: unknown, step: Step): IdentityError {
  if (thrown instanceof IdentityError) return thrown;
  const kind = thrown instanceof Error ? thrown.name : 'Unknown';
  const said = thrown instanceof Error ? thrown.message : '';
  const { message, field } = refusalOf(kind, said, step);
  return new IdentityError(kind, message, { cause: thrown, ...(field && { field }) });
}
