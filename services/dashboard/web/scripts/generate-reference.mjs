// Writes the documents of the APIs and of the events to src/generated/reference as JSON, each complete in one file for each language.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { load } from 'js-yaml';

const contracts = new URL('../../../../contracts/', import.meta.url);
const generated = new URL('../src/generated/reference/', import.meta.url);

/** A text as APIs have it: English, a slash, Chinese. */
const BOTH_LANGUAGES = /^([^\u4e00-\u9fff]*) \/ (.*[\u4e00-\u9fff].*)$/s;
/** A description that is only the Chinese name of its tag. */
const CHINESE_NAME = /^[^。，：a-z]{2,20}$/;
/** Links of a description that lead to the service itself; the renderer offers the document. */
const OWN_LINKS = /\n*Other formats .*\(\/docs\/\)$/;

/** Puts each schema file that a document names into the document, with the references to it and inside it. */
async function embedSchemas(document, folder) {
  const schemas = ((document.components ??= {}).schemas ??= {});
  await replaceReferences(document, async (reference) => {
    if (reference.startsWith('#')) return reference;
    const name = reference.split('/').at(-1).replace('.schema.json', '');
    if (!schemas[name]) {
      const { $id, $schema, ...schema } = JSON.parse(await readFile(new URL(reference, folder), 'utf8'));
      schemas[name] = schema;
      await replaceReferences(schema, (inner) => inner.replace('#', `#/components/schemas/${name}`));
    }
    return `#/components/schemas/${name}`;
  });
}

async function replaceReferences(node, replace) {
  if (typeof node !== 'object' || node === null) return;
  if (typeof node.$ref === 'string') node.$ref = await replace(node.$ref);
  for (const child of Object.values(node)) await replaceReferences(child, replace);
}

/** Tags whose code says less than their name. */
const ENGLISH_NAMES = { audit: 'Audit trail', parked: 'Waiting rows' };

/** Returns the English name of a tag: `inbound-enrolments` are Inbound enrolments. */
function nameInEnglish(code) {
  const name = code.replaceAll('-', ' ');
  return ENGLISH_NAMES[code] ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** Returns a tag with its name in the language. Its Chinese description is that name, or begins with it and a colon. */
function nameTag(tag, language) {
  const chinese = BOTH_LANGUAGES.exec(tag.description)?.[2] ?? tag.description ?? '';
  const name = chinese.split('：')[0];
  if (!CHINESE_NAME.test(name)) return tag;
  const { description, ...rest } = tag;
  return {
    ...rest,
    'x-displayName': language === 'zh' ? name : nameInEnglish(tag.name),
    ...(name !== description && { description }),
  };
}

/** Returns a document with one language of each title, summary and description that has both. */
function chooseLanguage(document, language) {
  const named = { ...document, tags: document.tags?.map((tag) => nameTag(tag, language)) };
  return JSON.stringify(named, (key, value) => {
    const texts = ['title', 'summary', 'description'].includes(key) && BOTH_LANGUAGES.exec(value);
    return texts ? texts[language === 'en' ? 1 : 2] : value;
  });
}

await rm(generated, { recursive: true, force: true });
await mkdir(generated, { recursive: true });
for (const kind of ['openapi', 'asyncapi']) {
  const folder = new URL(`${kind}/`, contracts);
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.yaml'))) {
    const service = file.replace('.yaml', '');
    const document = load(await readFile(new URL(file, folder), 'utf8'));
    if (kind === 'asyncapi') await embedSchemas(document, folder);
    else {
      document.servers = [{ url: `/api/${service}` }];
      document.info.description = document.info.description.replace(OWN_LINKS, '');
    }
    for (const language of ['zh', 'en']) {
      await writeFile(
        new URL(`${service}.${kind}.${language}.json`, generated),
        chooseLanguage(document, language),
      );
    }
  }
}
