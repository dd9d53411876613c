export interface RuleWords {
  id: string;
  records: readonly string[];
  holds: { zh: string; en: string };
  repair: { zh: string; en: string };
}

/** Rules that have all the words of a search in their name or texts, in either language. */
export function findRules<Rule extends RuleWords>(rules: readonly Rule[], find: string | undefined): Rule[] {
  const wanted = (find ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return rules.filter((rule) => {
    const text = [rule.id, rule.holds.zh, rule.holds.en, rule.repair.zh, rule.repair.en]
      .join(' ')
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Records that any rule names, without the word for all. */
export function listRecords(rules: readonly RuleWords[]): string[] {
  return [...new Set(rules.flatMap((rule) => rule.records))].filter((record) => record !== 'all').sort();
}
