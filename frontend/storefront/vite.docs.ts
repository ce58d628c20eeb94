import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);

// The package's entry point is dist/index.js; the browser's bundle lies beside it.
const scalarBundle = require
  .resolve('@scalar/fastify-api-reference')
  .replace(/index\.js$/, 'js/standalone.js');

const page = `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>API reference · Ironmonger</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <style>
      .back { display: block; padding: 0.75rem 1.25rem; background: #0b4a3b; color: #fff; font: 600 1rem/1.4 Arial, sans-serif; }
      .back:focus-visible { outline: 3px solid #ffcf33; outline-offset: -4px; }
    </style>
  </head>
  <body>
    <a class="back" href="/">Ironmonger: back to the shop</a>
    <main id="reference"><noscript>The reference needs JavaScript; its source is <a href="/docs/openapi.json">openapi.json</a>.</noscript></main>
    <script src="/docs/scalar.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

// A file of its own rather than an inline script, so that a strict Content-Security-Policy allows it.
// Everything that would call an outside host is off: fonts, telemetry, the hosted client and the agent.
const start = `Scalar.createApiReference('#reference', {
  url: '/docs/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
  customCss: ':root { --scalar-color-accent: #0b4a3b; }',
  metaData: { title: 'API reference · Ironmonger' },
});
`;

/** Adds the API reference to the site: `/docs/`, with its script and `openapi.json` beside it. */
export function apiReference(openapiFile: string): Plugin {
  const files: Record<string, { type: string; read: () => string }> = {
    'docs/index.html': { type: 'text/html', read: () => page },
    'docs/start.js': { type: 'text/javascript', read: () => start },
    'docs/scalar.js': { type: 'text/javascript', read: () => readFileSync(scalarBundle, 'utf8') },
    'docs/openapi.json': { type: 'application/json', read: () => readFileSync(openapiFile, 'utf8') },
  };
  return {
    name: 'ironmonger:api-reference',
    generateBundle() {
      for (const [fileName, { read }] of Object.entries(files)) {
        this.emitFile({ type: 'asset', fileName, source: read() });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '').split('?')[0]?.slice(1) ?? '';
        const file = files[path === 'docs' || path === 'docs/' ? 'docs/index.html' : path];
        if (!file) return next();
        response.setHeader('content-type', file.type);
        response.end(file.read());
      });
    },
  };
}
