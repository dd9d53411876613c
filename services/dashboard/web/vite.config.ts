import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const SERVICES = ['indicators', 'mobility', 'cooperation', 'overseas', 'standards', 'feeds'];

/** Development only: answers /session from the environment, as the gateway does from its cookie. */
function answerSession(): Plugin {
  const role = process.env.VOYAGE_ROLE ?? 'operator';
  const session = {
    name: role,
    role,
    province: process.env.VOYAGE_PROVINCE ?? null,
    alliance: process.env.VOYAGE_ALLIANCE ?? null,
  };
  return {
    name: 'answer-session',
    configureServer(server) {
      server.middlewares.use('/session', (_, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(session));
      });
    },
  };
}

const basePort = Number(process.env.VOYAGE_BASE_PORT ?? 8080);
const headers: Record<string, string> = process.env.VOYAGE_TOKEN
  ? { Authorization: `Bearer ${process.env.VOYAGE_TOKEN}` }
  : {};

export default defineConfig({
  plugins: [
    react(),
    { ...optimizeLocales.vite({ locales: ['zh-CN', 'en-US'] }), enforce: 'pre' },
    answerSession(),
  ],
  server: {
    proxy: Object.fromEntries(
      SERVICES.map((service, index) => [
        `/api/${service}`,
        {
          target: `http://localhost:${basePort + index}`,
          rewrite: (path: string) => path.slice(`/api/${service}`.length),
          changeOrigin: true,
          headers,
        },
      ]),
    ),
  },
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'reference.html'] },
  },
  worker: { format: 'es' },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    reporters: ['default', ['junit', { outputFile: '../target/vitest-reports/TEST-dashboard-web.xml' }]],
  },
});
