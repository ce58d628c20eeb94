import '@fontsource-variable/archivo/standard.css';
import '@fontsource-variable/besley/index.css';
import { createIdentity, loadSiteConfig } from '@ironmonger/identity';
import { RealtimeContext } from '@ironmonger/realtime/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { createHttp } from './api/http';
import { putFile } from './api/uploads';
import { createProvider } from './data/provider';
import { consoleRealtime } from './live/realtime';
import { CannotStart } from './shell/CannotStart';

const element = document.getElementById('root');
if (!element) throw new Error('The page has no #root element.');
const root = createRoot(element);

loadSiteConfig()
  .then((config) => {
    const identity = createIdentity(() => Promise.resolve(config));
    const http = createHttp({ token: (options) => identity.idToken(options) });
    const provider = createProvider(http);
    root.render(
      <StrictMode>
        <RealtimeContext value={consoleRealtime(identity, config)}>
          <App services={{ identity, config, putFile }} provider={provider} />
        </RealtimeContext>
      </StrictMode>,
    );
  })
  .catch((error: unknown) => {
    root.render(<CannotStart error={error} />);
  });
