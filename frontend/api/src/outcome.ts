import { ApiError, readProblem, Unreachable } from './problem';
import { TRACE_HEADER } from './trace';

/** What a call of the HTTP client ends in. */
export interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a success; throws `ApiError` for a refusal and `Unreachable` when no answer came. */
export async function answer<T>(call: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await call;
  } catch (error) {
    if (error instanceof ApiError || (error instanceof DOMException && error.name === 'AbortError'))
      throw error;
    throw new Unreachable(error);
  }
  const { response } = outcome;
  if (!response.ok) {
    const trace = response.headers.get(TRACE_HEADER) ?? undefined;
    throw new ApiError(readProblem(response.status, outcome.error, trace));
  }
  return outcome.data as T;
}
