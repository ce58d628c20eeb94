import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { apiReference } from './vite.docs.ts';

// Where the API, the pictures and the site's configuration are while developing: the address of a running shop.
const shop = process.env.IRONMONGER_SITE ?? 'http://localhost:4566';
const toShop = { target: shop, changeOrigin: true };
const proxy = { '/api': toShop, '/media': toShop, '/config.json': toShop };

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    apiReference(fileURLToPath(new URL('../../docs/openapi.json', import.meta.url))),
  ],
  server: { proxy },
  preview: { proxy },
  build: { target: 'es2023', sourcemap: true },
  test: { environment: 'happy-dom', setupFiles: ['src/test-setup.ts'], restoreMocks: true },
});
