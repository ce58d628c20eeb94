import type { useNotify } from 'react-admin';
import { messageOf } from './errors';

/** Tells of a refusal that the form itself has no place for. */
export function notifyRefusal(error: unknown, notify: ReturnType<typeof useNotify>): void {
  const hasFields = (error as { body?: { errors?: unknown } }).body?.errors !== undefined;
  if (!hasFields) notify(messageOf(error), { type: 'error' });
}
