import type { Group } from '@ironmonger/identity';

/** Where only admins have business; all else in the console is for operators too. */
export const ADMIN_ONLY: readonly string[] = ['staff', 'partner-keys', 'webhooks', 'audit'];

/** Whether somebody in these groups may see a resource at all. The API decides on its own. */
export function mayUse(groups: readonly Group[], resource: string): boolean {
  if (groups.includes('admin')) return true;
  return groups.includes('operator') && !ADMIN_ONLY.includes(resource);
}
