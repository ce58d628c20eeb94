import Stack from '@mui/material/Stack';
import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../data/useDesk';
import { Failure } from '../../parts/Failure';
import { PageHeader } from '../../parts/PageHeader';
import { Waiting } from '../../parts/Waiting';
import { ROUTING_KEY, Rules } from './Rules';
import { Simulator } from './Simulator';

function LoadedRules() {
  const desk = useDesk();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ROUTING_KEY,
    queryFn: ({ signal }) => desk.getRouting(signal),
    refetchOnWindowFocus: false,
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting rows={5} />;
  return <Rules key={data.version} loaded={data} />;
}

/** Which supplier gets what, and a place to try it. */
export function RoutingPage() {
  return (
    <>
      <PageHeader
        title="Routing"
        intro="Of the suppliers that offer a SKU and can take the order, which one gets it. A quantity that is too much for one is split."
      />
      <Stack spacing={2.5}>
        <LoadedRules />
        <Simulator />
      </Stack>
    </>
  );
}
