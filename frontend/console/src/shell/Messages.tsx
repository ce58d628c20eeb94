import Button from '@mui/material/Button';
import { Link } from 'react-router-dom';
import { Empty } from '../parts/Empty';
import { PageHeader } from '../parts/PageHeader';

const home = (
  <Button component={Link} to="/" variant="outlined">
    Back to today
  </Button>
);

/** An address of the console that leads nowhere. */
export function NotFound() {
  return (
    <>
      <PageHeader title="Nothing hangs here" />
      <Empty title="This page does not exist" action={home}>
        It may have been deleted, or the address has a typing mistake.
      </Empty>
    </>
  );
}

/** A page that is not for whoever is signed in. */
export function NotPermitted() {
  return (
    <>
      <PageHeader title="Not for your group" />
      <Empty title="You are not permitted to see this" action={home}>
        It is for admins. Ask one of them, if you need to.
      </Empty>
    </>
  );
}
