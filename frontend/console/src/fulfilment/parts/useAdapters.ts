import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../data/useDesk';

/** The ways to speak to suppliers, which change only with the console itself. */
export function useAdapters() {
  const desk = useDesk();
  return useQuery({
    queryKey: ['adapters'],
    queryFn: ({ signal }) => desk.listAdapters(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
