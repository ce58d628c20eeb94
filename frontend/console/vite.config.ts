import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Where the API, the pictures and the sign-in settings are while developing: a running shop's address.
const shop = process.env.IRONMONGER_SITE ?? 'http://localhost:4566';
const toShop = { target: shop, changeOrigin: true };
const proxy = { '/api': toShop, '/media': toShop, '/config.json': toShop };

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  server: { proxy, port: 5174 },
  preview: { proxy },
  build: { target: 'es2023', sourcemap: true, chunkSizeWarningLimit: 1500 },
  test: { environment: 'happy-dom', setupFiles: ['src/test-setup.ts'], restoreMocks: true },
});
