// Writes the licences of everything that ships with the pages to src/generated/licences.json.
import { mkdir, readFile, writeFile } from 'node:fs/promises';

const web = new URL('../', import.meta.url);
const lock = JSON.parse(await readFile(new URL('package-lock.json', web), 'utf8'));
// The bundle of Scalar holds packages that the lock file leaves out.
const bundled = JSON.parse(await readFile(new URL('scripts/scalar-licences.json', web), 'utf8'));
const installed = Object.entries(lock.packages)
  .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && entry.license)
  .map(([path, entry]) => ({
    name: path.split('node_modules/').at(-1),
    version: entry.version,
    licence: entry.license,
  }));
const keyOf = ({ name, version }) => `${name}@${version}`;
const licences = [...new Map([...installed, ...bundled].map((entry) => [keyOf(entry), entry])).values()].sort(
  (one, other) => one.name.localeCompare(other.name),
);

await mkdir(new URL('src/generated/', web), { recursive: true });
await writeFile(new URL('src/generated/licences.json', web), JSON.stringify(licences));
