// Finds words of the other language, and keys in place of words, in what a page itself says.

/** Parts that the page writes: heads, labels, buttons and states; rows of tables are data. */
const OWN_PARTS = 'header, nav, h1, h2, h3, button, label, th, legend, summary, [role=tab], [role=status]';
const DATA = 'tbody';
/** An English word or phrase; codes of figures and records have small letters, digits and dashes. */
const ENGLISH = /\b[A-Z][a-z]{2,}\b|[A-Za-z]{2,} [A-Za-z]{2,}/;
const CHINESE = /[\u4e00-\u9fff]/;
/** Names that are the same in both languages. */
const COMMON =
  /\b(CSV|XLSX|JSON|SDMX|PNG|YAML|JSONL|HTTPS?|Kafka|PostgreSQL|OpenAPI|API|GB\/T|English|Webhook|SHA|Voyage|ID|UTC|Apache)\b/g;

/** Returns texts of the page's own parts that are not in its language, and any text that is a key or no word. */
export function findForeignWords(page, language, person) {
  return page.evaluate(
    ([ownParts, data, common, foreignWord, language]) => {
      const isForeign = (text) => new RegExp(foreignWord).test(text.replace(new RegExp(common, 'g'), ''));
      const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
      const found = new Set();
      const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = words.nextNode(); node; node = words.nextNode()) {
        const parent = node.parentElement;
        const text = node.data.trim();
        if (!text || !isShown(parent) || parent.closest('code, pre, script, style, [translate=no]')) continue;
        if (/\b(undefined|NaN|null)\b|\[object |Invalid Date/.test(text)) found.add(text);
        if (/^[a-z]+([A-Z][a-z]+)+$/.test(text)) found.add(text);
        const own = parent.closest('[lang]')?.lang ?? '';
        if (!parent.closest(ownParts) || parent.closest(data) || (own && own !== language)) continue;
        if (isForeign(text)) found.add(text);
      }
      for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
        if (element.closest(data)) continue;
        for (const attribute of ['aria-label', 'title', 'placeholder']) {
          // What a page quotes is data, such as a heading of a file.
          const text = (element.getAttribute(attribute) ?? '').replace(/“[^”]*”/g, '');
          if (isForeign(text) && isShown(element)) found.add(`${attribute}: ${text}`);
        }
      }
      return [...found];
    },
    [
      OWN_PARTS,
      DATA,
      `${COMMON.source}|${person.name}`,
      (language === 'en' ? CHINESE : ENGLISH).source,
      language,
    ],
  );
}
