import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { findForbidden } from './lawfulNames';

const SERVICES = ['indicators', 'mobility', 'cooperation', 'overseas', 'standards', 'feeds'];

/** Development only: answers /session from the environment, as the gateway does from its cookie. */
function answerSession(): Plugin {
  const role = process.env.VOYAGE_ROLE ?? 'operator';
  const session = {
    name: role,
    person: role,
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

/** Fails the build where the bundle, with its libraries and documents, has a name that is not lawful. */
function refuseUnlawfulNames(): Plugin {
  return {
    name: 'refuse-unlawful-names',
    generateBundle(_, bundle) {
      for (const [file, output] of Object.entries(bundle)) {
        const contents = output.type === 'chunk' ? output.code : output.source;
        const found = findForbidden(
          typeof contents === 'string' ? contents : Buffer.from(contents).toString('utf8'),
        );
        if (found.length > 0) this.error(`${file} contains ${found.join(', ')}`);
      }
    },
  };
}

interface ModuleGraph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** The first modules of the two pages that have scripts: the dashboard and the reference of APIs. */
const DASHBOARD = fileURLToPath(new URL('src/app/main.tsx', import.meta.url));
const REFERENCE = fileURLToPath(new URL('src/reference/main.ts', import.meta.url));

const imports = new Map<string, Set<string>>();

/** Names the chunk of what both pages run. */
function nameSharedChunk(id: string, graph: ModuleGraph): string | null {
  return importsOf(DASHBOARD, graph).has(id) && importsOf(REFERENCE, graph).has(id) ? 'shared' : null;
}

/** Names the chunk of all else that the first view runs. */
function nameFirstChunk(id: string, graph: ModuleGraph): string | null {
  return id !== DASHBOARD && importsOf(DASHBOARD, graph).has(id) ? 'first' : null;
}

/** What a module imports, and what that imports in turn; dynamic imports are left out. */
function importsOf(first: string, graph: ModuleGraph): ReadonlySet<string> {
  let found = imports.get(first);
  if (!found) {
    found = new Set([first]);
    for (const id of found) {
      for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
    }
    imports.set(first, found);
  }
  return found;
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
    refuseUnlawfulNames(),
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
    rolldownOptions: {
      input: ['index.html', 'reference.html'],
      // Without groups each module that a later page shares is a file of its own: sixty requests before the first view.
      output: {
        codeSplitting: { groups: [{ name: nameSharedChunk, priority: 1 }, { name: nameFirstChunk }] },
      },
    },
  },
  worker: { format: 'es' },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    reporters: ['default', ['junit', { outputFile: '../target/vitest-reports/TEST-dashboard-web.xml' }]],
  },
});
