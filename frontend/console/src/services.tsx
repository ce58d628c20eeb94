import type { Identity, SiteConfig } from '@ironmonger/identity';
import { createContext, type PropsWithChildren, useContext } from 'react';
import type { putFile } from './api/uploads';

/** What the pages of the console work with; tests give their own. */
export interface Services {
  identity: Identity;
  config: SiteConfig;
  putFile: typeof putFile;
}

const Context = createContext<Services | null>(null);

export function ServicesProvider({ services, children }: PropsWithChildren<{ services: Services }>) {
  return <Context.Provider value={services}>{children}</Context.Provider>;
}

export function useServices(): Services {
  const services = useContext(Context);
  if (!services) throw new Error('The page is outside of its ServicesProvider.');
  return services;
}

/** The currency of the shop. */
export function useCurrency(): string {
  return useServices().config.currency;
}
