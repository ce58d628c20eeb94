/** The console's page of a task. */
export function taskPath(id: string): string {
  return `/tasks/${encodeURIComponent(id)}/show`;
}
