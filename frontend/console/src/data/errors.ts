import { ApiError, isTransient, type Problem, Unreachable, withReference } from '@ironmonger/api';
import { HttpError } from 'react-admin';

/** Messages as a form takes them: nested like its values. */
export interface FormErrors {
  [field: string]: string | FormErrors;
}

/** A field that one input shows as a whole ends its pointer: what lies below is not an input of its own. */
const WHOLE_FIELDS: readonly RegExp[] = [
  /^\/categories(?=\/)/,
  /^\/scopes(?=\/)/,
  /^\/types(?=\/)/,
  /^\/configuration(?=\/)/,
  /^\/budget\/(daily|monthly)(?=\/)/,
  /^\/cost(?=\/)/,
  /^\/plan\/(budget|curve\/weights)(?=\/)/,
  /^\/options\/\d+\/values(?=\/)/,
  /^\/variants\/\d+\/(price|compareAtPrice|options)(?=\/)/,
];

/** The lists whose elements have inputs of their own. */
const LISTS: readonly string[] = ['options', 'variants', 'images'];

/** The path of the form's field that a JSON pointer into the request's body names, or undefined for the whole. */
export function fieldPath(pointer: string): string[] | undefined {
  const whole = WHOLE_FIELDS.map((field) => field.exec(pointer)).find((match) => match !== null);
  // The expression ends where the whole field does; its match is the pointer's head up to there.
  const head = whole ? whole[0] : pointer;
  // A picture is shown with what is said of it.
  const path = head
    .replace(/^(\/images\/\d+)\/id$/, '$1/alt')
    // What goes into a request's address is a field of the form like any other.
    .replace(/^\/path(?=\/)/, '')
    // What is wrong with a signature as a whole is wrong with its kind.
    .replace(/^\/webhook$/, '/webhook/kind')
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = path.at(-1);
  // An element of a list is not an input; only its fields are.
  if (last === undefined || last === '' || /^\d+$/.test(last)) return undefined;
  // What is wrong with a list as a whole has a place of its own beside its elements.
  return path.length === 1 && LISTS.includes(last) ? [last, 'root'] : path;
}

/** The API's words on a field go on where its name stands; in a form they stand alone. */
function sentence(detail: string): string {
  const text = detail.charAt(0).toUpperCase() + detail.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function put(errors: FormErrors, path: readonly string[], message: string): void {
  let target = errors;
  for (const segment of path.slice(0, -1)) {
    const next = target[segment];
    if (typeof next === 'object') {
      target = next;
    } else {
      const made: FormErrors = {};
      target[segment] = made;
      target = made;
    }
  }
  const leaf = path.at(-1);
  if (leaf !== undefined) target[leaf] ??= message;
}

/** Sorts a problem's errors onto a form's fields; what belongs to no field goes to `root.serverError`. */
export function formErrors(problem: Problem): FormErrors {
  const errors: FormErrors = {};
  const others: string[] = [];
  for (const { pointer, detail } of problem.errors) {
    const path = fieldPath(pointer);
    if (path) put(errors, path, sentence(detail));
    else others.push(sentence(detail));
  }
  const general = others.length > 0 ? others.join(' ') : problem.detail;
  put(errors, ['root', 'serverError'], general);
  return errors;
}

/** What react-admin is told of a refusal: `errors` only where the form can show it. */
export interface ErrorBody {
  problem?: Problem;
  errors?: FormErrors;
}

const NOT_PERMITTED = 'You are not permitted to do this. Ask an admin, if you need to.';
const SIGN_IN_AGAIN = 'Your session has ended. Sign in again.';

/** The error that react-admin understands for one of ours. */
export function toHttpError(error: unknown): unknown {
  if (error instanceof ApiError) {
    const { problem } = error;
    const isField =
      (problem.status === 422 || problem.status === 409 || problem.status === 400) && !isTransient(error);
    const body: ErrorBody = { problem, ...(isField && { errors: formErrors(problem) }) };
    const message =
      problem.status === 401 ? SIGN_IN_AGAIN : problem.status === 403 ? NOT_PERMITTED : messageFor(problem);
    return new HttpError(message, problem.status, body);
  }
  if (error instanceof Unreachable) return new HttpError(error.message, 0, {});
  return error;
}

function messageFor(problem: Problem): string {
  const [only, ...more] = problem.errors;
  return withReference(only && more.length === 0 ? sentence(only.detail) : problem.detail, problem);
}

/** How the record is now, where the error says that somebody else was quicker. */
export function currentOf(error: unknown): unknown {
  if (!(error instanceof HttpError) || error.status !== 412) return undefined;
  return (error.body as ErrorBody | undefined)?.problem?.current;
}

/** A sentence for the person in front of the screen. */
export function messageOf(error: unknown): string {
  return error instanceof HttpError && error.message !== ''
    ? error.message
    : 'Something unexpected went wrong. Try again.';
}
