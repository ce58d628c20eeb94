import type { NewPartnerKey } from '../api/people';
import { ShowOnce } from '../parts/ShowOnce';

/** Shows a new key, this once. */
export function ShowKeyDialog({ made, onClose }: { made: NewPartnerKey; onClose: () => void }) {
  return (
    <ShowOnce title={`The key of “${made.name}”`} secret={made.key} testId="partner-key" onClose={onClose} />
  );
}
