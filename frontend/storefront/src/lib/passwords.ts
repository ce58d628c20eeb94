/** The fewest characters of a password; the user pool has the same rule and the last word. */
const MIN_PASSWORD = 12;

export const PASSWORD_HINT = `At least ${MIN_PASSWORD} characters. A few plain words make a good one.`;

/** What is wrong with a password before it is sent anywhere. */
export function passwordProblem(password: string): string | undefined {
  return [...password].length < MIN_PASSWORD ? `Use at least ${MIN_PASSWORD} characters.` : undefined;
}

/** Digits of a code as it is pasted, with blanks and dashes between them. */
export function tidyCode(typed: string): string {
  return typed.replace(/[\s-]/g, '');
}
