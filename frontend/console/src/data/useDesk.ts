import { useDataProvider } from 'react-admin';
import type { ConsoleProvider } from './provider';

/** The console's own calls; a session that has ended leads to the sign-in page, as for react-admin's. */
export function useDesk(): ConsoleProvider {
  return useDataProvider<ConsoleProvider>();
}
