import type { FieldErrors } from '@ironmonger/api';

/** The fewest characters of a password; the user pool has the same rule and the last word. */
const MIN_PASSWORD = 12;

export const PASSWORD_HINT = `At least ${MIN_PASSWORD} characters. A few plain words make a good one.`;

/** What is wrong with the password in a field, before it is sent anywhere. */
export function passwordProblems<Field extends string>(password: string, field: Field): FieldErrors<Field> {
  if ([...password].length >= MIN_PASSWORD) return { fields: {}, others: [] };
  const fields: Partial<Record<Field, string>> = {};
  fields[field] = `Use at least ${MIN_PASSWORD} characters.`;
  return { fields, others: [] };
}

/** Digits of a code as it is pasted, with blanks and dashes between them. */
export function tidyCode(typed: string): string {
  return typed.replace(/[\s-]/g, '');
}
