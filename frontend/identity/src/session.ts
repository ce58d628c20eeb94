/** The groups of staff; customers are in none. */
export type Group = 'admin' | 'operator';

/** Who is signed in, as their ID token says. */
export interface User {
  /** The user pool's id of the account. */
  id: string;
  email: string;
  groups: readonly Group[];
}

/** What the keys of the user pool's client in the browser's storage begin with. */
const PREFIX = 'CognitoIdentityServiceProvider.';

const GROUPS: readonly string[] = ['admin', 'operator'] satisfies Group[];

function claimsOf(token: string): Record<string, unknown> | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The person an ID token speaks of. The token is read, not checked: that is the API's to do. */
export function userOf(idToken: string): User | undefined {
  const { sub, email, 'cognito:groups': groups } = claimsOf(idToken) ?? {};
  if (typeof sub !== 'string' || typeof email !== 'string') return undefined;
  const known = Array.isArray(groups) ? groups.filter((group) => GROUPS.includes(group as string)) : [];
  return { id: sub, email, groups: known as Group[] };
}

function read(key: string): string | undefined {
  try {
    return window.localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whether this browser holds a session of any user pool: without one nothing need be loaded. */
export function holdsSession(): boolean {
  try {
    return Object.keys(window.localStorage).some(
      (key) => key.startsWith(PREFIX) && key.endsWith('.LastAuthUser'),
    );
  } catch {
    return false;
  }
}

/** Who is signed in to this client in this browser, expired tokens included: they can be renewed. */
export function storedUser(userPoolClientId: string): User | undefined {
  const name = read(`${PREFIX}${userPoolClientId}.LastAuthUser`);
  const token = name && read(`${PREFIX}${userPoolClientId}.${name}.idToken`);
  return token ? userOf(token) : undefined;
}

/** Calls back when another tab signs in, out or renews its tokens. */
export function onOtherTab(listener: () => void): () => void {
  const heard = (event: StorageEvent) => {
    // `clear()` of the whole storage has no key.
    if (event.key === null || event.key.startsWith(PREFIX)) listener();
  };
  window.addEventListener('storage', heard);
  return () => window.removeEventListener('storage', heard);
}
