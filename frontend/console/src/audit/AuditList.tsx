import { useGetList } from 'react-admin';
import type { StaffMember } from '../api/people';
import { Empty } from '../parts/Empty';
import { FilterBar, SearchFilter, SelectFilter } from '../parts/Filters';
import { CursorList, ListBody } from '../parts/ListParts';
import { PageHeader } from '../parts/PageHeader';
import { AuditRows } from './AuditRows';

function Filters() {
  const { data: staff = [] } = useGetList<StaffMember>('staff');
  const people = staff.map(({ id, email }) => ({ id, name: email }));
  return (
    <FilterBar>
      <SelectFilter source="actor" label="By whom" choices={people} all="Everybody" />
      <SearchFilter source="subject" label="About" hint="product:prd_…, stock:SKU, staff:…" />
    </FilterBar>
  );
}

/** Who changed what, when, from what to what. */
export function AuditList() {
  return (
    <CursorList>
      <PageHeader
        title="Audit trail"
        intro="Who changed what, when, from what to what. Entries are written with the change itself and stay."
      />
      <ListBody filters={<Filters />} empty={<Empty title="Nothing has been changed yet" />}>
        <AuditRows />
      </ListBody>
    </CursorList>
  );
}
