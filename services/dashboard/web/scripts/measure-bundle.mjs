// Prints the compressed size of the scripts of the first view and of the charts; fails above the budget of either.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const FIRST_VIEW_BYTES = 250 * 1024;
const CHARTS_BYTES = 230 * 1024;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

async function compressedBytes(file) {
  return gzipSync(await readFile(new URL(file, dist)), { level: 9 }).length;
}

function collectScripts(name, found = new Set()) {
  const chunk = manifest[name];
  if (!found.has(chunk.file)) {
    found.add(chunk.file);
    for (const imported of chunk.imports ?? []) collectScripts(imported, found);
  }
  return found;
}

async function measureScripts(title, files, limit) {
  let bytes = 0;
  for (const file of files) bytes += await compressedBytes(file);
  console.log(`${title}: ${files.length} scripts, ${(bytes / 1024).toFixed(1)} KiB gzip`);
  if (bytes > limit) {
    console.error(`more than ${limit / 1024} KiB`);
    process.exitCode = 1;
  }
}

// The overview is part of the first scripts.
const firstView = collectScripts('index.html');
await measureScripts('first view', [...firstView], FIRST_VIEW_BYTES);
// What charts load on top of them.
const charts = [...collectScripts('src/kit/charts/engine.ts')].filter((file) => !firstView.has(file));
await measureScripts('charts', charts, CHARTS_BYTES);
