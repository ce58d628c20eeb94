import type { PartnerCallback } from '../api/people';

/** How it goes with a partner's callback, by the latest delivery. */
export function callbackState({
  paused,
  lastSuccessAt,
  lastFailureAt,
}: PartnerCallback): 'off' | 'failing' | 'working' | 'unused' {
  if (paused) return 'off';
  const time = (at: string | null) => (at === null ? 0 : Date.parse(at));
  if (lastFailureAt !== null && time(lastFailureAt) > time(lastSuccessAt)) return 'failing';
  return lastSuccessAt === null ? 'unused' : 'working';
}
