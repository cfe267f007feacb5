import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { cleanPaths, firstScript, policy } from './build/pages.ts';
import { folderOf, folderOfStyle } from './build/unkept.ts';
import { serviceWorker } from './build/worker.ts';

const root = import.meta.dirname;
const server = process.env['WAYLIGHT_URL'] ?? 'http://127.0.0.1:8080';
// The server takes writes from its own pages only; while developing, these are its pages.
const forward = { target: server, changeOrigin: true, headers: { origin: server } };

export default defineConfig({
  plugins: [svelte(), firstScript(), policy(), serviceWorker(), cleanPaths()],
  // MapLibre's worker is an ES module of its own.
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: folderOf, chunkFileNames: folderOf } } },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // Texts and icons are small; inlining them would only weaken the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: { entryFileNames: folderOf, chunkFileNames: folderOf, assetFileNames: folderOfStyle },
      input: ['index', 'desk', 'supervisor', 'team', 'haven', 'admin', 'join', 'crew', 'patrol', 'report', 'case', 'away'].map((page) => resolve(root, `${page}.html`)),
    },
  },
  server: { proxy: { '/api': forward, '/tiles': forward } },
  preview: { proxy: { '/api': forward, '/tiles': forward } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
