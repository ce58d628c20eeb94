import { ShowOnce } from '../parts/ShowOnce';
import { When } from '../parts/When';

/** Shows a webhook's secret, this once. */
export function SecretDialog({
  name,
  secret,
  previousUntil,
  onClose,
}: {
  name: string;
  secret: string;
  /** Until when the one before signs too, if there was one. */
  previousUntil?: string;
  onClose: () => void;
}) {
  return (
    <ShowOnce title={`The secret of “${name}”`} secret={secret} testId="webhook-secret" onClose={onClose}>
      With it the receiver checks that a call comes from this shop.
      {previousUntil && (
        <>
          {' '}
          The secret before it signs too until <When at={previousUntil} exact />: put the new one in place by
          then.
        </>
      )}
    </ShowOnce>
  );
}
