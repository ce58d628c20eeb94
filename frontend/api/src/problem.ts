/** One field the API objects to: `pointer` is a JSON pointer into the request's body. */
export interface ProblemError {
  pointer: string;
  detail: string;
  /** Present when the objection is about stock: the SKU and how many are left. */
  sku?: string;
  available?: number;
}

/** An RFC 9457 problem, complete even where the answer that it was read from was not. */
export interface Problem {
  /** The last path segment of the problem's type URI, such as `insufficient-stock`. */
  kind: string;
  title: string;
  status: number;
  detail: string;
  errors: ProblemError[];
  /** What is there now, where a precondition failed because somebody else changed it meanwhile. */
  current?: unknown;
  /** By which the request is found in the shop's logs. */
  traceId?: string;
}

/** The API answered, and the answer was a refusal or a failure. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** No answer came: offline, connection lost, or the server did not accept the connection. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor(cause: unknown) {
    super('The shop could not be reached. Check your connection and try again.', { cause });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function readError(value: unknown): ProblemError | undefined {
  if (!isRecord(value) || typeof value.pointer !== 'string') return undefined;
  return {
    pointer: value.pointer,
    detail: text(value.detail, 'This is not accepted.'),
    ...(typeof value.sku === 'string' && { sku: value.sku }),
    ...(typeof value.available === 'number' && { available: value.available }),
  };
}

/**
 * Reads a problem from an error answer. Answers that are not problems (a proxy's HTML page, a
 * gateway's `{"message": …}`) still become one, so that callers have a single shape to handle. `sentTrace`
 * is the request's trace, for answers that do not name it.
 */
export function readProblem(status: number, body: unknown, sentTrace?: string): Problem {
  const source = isRecord(body) ? body : {};
  const fallback =
    status === 401
      ? 'You are not signed in any more. Sign in again.'
      : status === 429
        ? 'The shop is busy just now. Try again in a moment.'
        : status >= 500
          ? 'Something went wrong on our side. Try again in a moment.'
          : 'The request was not accepted.';
  const errors = Array.isArray(source.errors) ? source.errors : [];
  const traceId = text(source.traceId, sentTrace ?? '');
  return {
    kind: text(source.type, 'about:blank').split('/').pop() ?? '',
    title: text(source.title, `Error ${status}`),
    status,
    detail: text(source.detail, text(source.title, fallback)),
    errors: errors.map(readError).filter((error) => error !== undefined),
    ...(source.current !== undefined && { current: source.current }),
    ...(traceId !== '' && { traceId }),
  };
}

/** Whether trying the very same request again may succeed. */
export function isTransient(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  if (!(error instanceof ApiError)) return false;
  const { status } = error.problem;
  return status >= 500 || status === 429 || status === 408 || status === 425;
}

/** 400 is the answer to an id or slug that cannot be one, which to a shopper is the same as 404. */
const NOT_THERE: readonly number[] = [400, 404, 410];

/** Whether the API said that what was asked for by its id does not exist. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && NOT_THERE.includes(error.problem.status);
}

/** Whether the API said that the token given does not open what was asked for. */
export function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && (error.problem.status === 401 || error.problem.status === 403);
}

/** The API's messages may continue a field's name ("must have …"); where they stand alone they are sentences. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/**
 * A message about a failure that is not the reader's own doing, with the reference by which those who run
 * the shop find it.
 */
export function withReference(message: string, problem: Problem): string {
  return problem.status >= 500 && problem.traceId
    ? `${sentence(message)} Reference: ${problem.traceId}.`
    : message;
}

/** A sentence for the person in front of the screen, whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return sentence(withReference(error.message, error.problem));
  if (error instanceof Unreachable) return sentence(error.message);
  return 'Something unexpected went wrong. Try again.';
}

/** Messages by field, and those that belong to no field on the form. */
export interface FieldErrors<Field extends string> {
  fields: Partial<Record<Field, string>>;
  others: string[];
}

/**
 * Sorts a problem's errors onto a form's fields. Pointers of a field's children (`/email/domain`)
 * belong to the field; the first message for a field wins.
 */
export function fieldErrors<Field extends string>(
  problem: Problem,
  fieldsByPointer: Readonly<Record<string, Field>>,
): FieldErrors<Field> {
  const sorted: FieldErrors<Field> = { fields: {}, others: [] };
  const pointers = Object.keys(fieldsByPointer);
  for (const { pointer, detail } of problem.errors) {
    const owner = pointers.find((known) => pointer === known || pointer.startsWith(`${known}/`));
    const field = owner === undefined ? undefined : fieldsByPointer[owner];
    if (field === undefined) sorted.others.push(detail);
    else sorted.fields[field] ??= detail;
  }
  if (problem.errors.length === 0) sorted.others.push(withReference(problem.detail, problem));
  return sorted;
}
