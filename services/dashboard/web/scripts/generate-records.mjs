// Writes what contracts/records says of each record of a bureau to src/generated/records.ts: its fields, their limits and conditions.
import { load } from 'js-yaml';
import { readdir, readFile, writeFile } from 'node:fs/promises';

const contracts = new URL('../../../../contracts/', import.meta.url);
const SERVICES = ['mobility', 'cooperation', 'overseas', 'standards'];

/** Codes of a list that a word in its column `special` excludes. */
async function codesThatAre(list, word) {
  const [head, ...rows] = (await readFile(new URL(`reference/${list}.csv`, contracts), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return rows.filter((row) => row[head.indexOf('special')] === word).map((row) => row[0]);
}

async function readField({ name, zh, en, type, without, explain, describe, parts, ...more }) {
  const kept = ['codes', 'required', 'max', 'min', 'items', 'parent', 'colleges', 'majors', 'personal'];
  return {
    name,
    label: { zh: zh ?? describe.zh, en: en ?? describe.en },
    type,
    ...(explain ? { explain } : {}),
    ...Object.fromEntries(kept.filter((key) => key in more).map((key) => [key, more[key]])),
    ...(without ? { excluded: await codesThatAre(more.codes, without) } : {}),
    ...(parts ? { parts: await Promise.all(parts.map(readField)) } : {}),
  };
}

/** Names of the colleges and majors that the contracts list, by their codes. */
async function readListedNames() {
  const names = {};
  for (const list of ['colleges', 'majors']) {
    const [, ...rows] = (await readFile(new URL(`reference/${list}.csv`, contracts), 'utf8'))
      .trim()
      .split('\n');
    for (const [code, zh, en] of rows.map((row) => row.split(','))) names[code] = { zh, en: en || zh };
  }
  return names;
}

const forms = {};
for (const file of (await readdir(new URL('records/', contracts))).filter((name) => name.endsWith('.yaml'))) {
  const {
    record,
    service,
    fields,
    conditions = [],
  } = load(await readFile(new URL(`records/${file}`, contracts), 'utf8'));
  if (!SERVICES.includes(service)) continue;
  forms[record] = { record, fields: await Promise.all(fields.map(readField)), conditions };
}
await writeFile(
  new URL('../src/generated/records.ts', import.meta.url),
  `import type { RecordForm } from '../kit/records/recordForm';

/** What contracts/records says of the records of bureaus. */
export const RECORD_FORMS: Record<string, RecordForm> = ${JSON.stringify(forms, null, 1)};

/** Names of colleges and majors by their codes. */
export const LISTED_NAMES: Record<string, { zh: string; en: string }> = ${JSON.stringify(await readListedNames(), null, 1)};
`,
);
