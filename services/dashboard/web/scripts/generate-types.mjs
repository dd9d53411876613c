// Writes the types of each API from its committed description to src/generated.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import openapiTypescript, { astToString } from 'openapi-typescript';

const contracts = new URL('../../../../contracts/openapi/', import.meta.url);
const generated = new URL('../src/generated/', import.meta.url);

await mkdir(generated, { recursive: true });
for (const file of (await readdir(contracts)).filter((name) => name.endsWith('.yaml'))) {
  const types = astToString(await openapiTypescript(new URL(file, contracts)));
  await writeFile(new URL(file.replace('.yaml', '.ts'), generated), types);
}
