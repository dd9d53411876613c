// Prints the compressed size of the first view's scripts and of the whole; fails above the budget.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const FIRST_VIEW_BYTES = 250 * 1024;
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

// The overview is part of the first scripts.
const firstView = collectScripts('index.html');
let bytes = 0;
for (const file of firstView) bytes += await compressedBytes(file);
console.log(`first view: ${firstView.size} scripts, ${(bytes / 1024).toFixed(1)} KiB gzip`);
if (bytes > FIRST_VIEW_BYTES) {
  console.error(`more than ${FIRST_VIEW_BYTES / 1024} KiB`);
  process.exit(1);
}
