import { ListBase } from 'react-admin';
import { PAGE_SIZE } from '../data/provider';
import { Empty } from '../parts/Empty';
import { ListBody } from '../parts/ListParts';
import { AuditRows } from './AuditRows';

/** Who changed a record, when, and what. */
export function HistoryTab({ kind, id }: { kind: string; id: string }) {
  return (
    <ListBase
      resource="audit"
      perPage={PAGE_SIZE}
      disableSyncWithLocation
      storeKey={false}
      exporter={false}
      filter={{ subject: `${kind}:${id}` }}
    >
      <ListBody empty={<Empty title="No changes on record" />}>
        <AuditRows showSubject={false} />
      </ListBody>
    </ListBase>
  );
}
