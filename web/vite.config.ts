import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { cleanPaths, firstScript, policy } from './build/pages.ts';
import { serviceWorker } from './build/worker.ts';

const root = import.meta.dirname;
const server = process.env['WAYLIGHT_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte(), firstScript(), policy(), serviceWorker(), cleanPaths()],
  // MapLibre's worker is an ES module of its own.
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // Texts and icons are small; inlining them would only weaken the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: ['index', 'desk', 'team', 'haven', 'away'].map((page) => resolve(root, `${page}.html`)),
    },
  },
  server: { proxy: { '/api': server, '/tiles': server } },
  preview: { proxy: { '/api': server, '/tiles': server } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
