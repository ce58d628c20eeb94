import '@fontsource-variable/archivo/standard.css';
import '@fontsource-variable/besley/index.css';
import './styles.css';
import { RealtimeContext } from '@ironmonger/realtime/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AnnouncerProvider } from './components/Announcer';
import { NoticeProvider } from './components/Notice';
import { followIdentity } from './lib/account';
import { createQueryClient } from './lib/api';
import { realtime } from './lib/live';
import { createShopRouter } from './router';

const queryClient = createQueryClient();
const router = createShopRouter();

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

followIdentity(queryClient);

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element.');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <AnnouncerProvider>
        <NoticeProvider>
          <RealtimeContext value={realtime}>
            <RouterProvider router={router} />
          </RealtimeContext>
        </NoticeProvider>
      </AnnouncerProvider>
    </QueryClientProvider>
  </StrictMode>,
);
