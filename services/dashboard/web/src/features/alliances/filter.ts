/** Conditions of a grant or a subscription: as they are typed, and as the API reads them. */

/** Lists of codes that a filter has in addition to its records and the condition on members. */
export const CODE_FIELDS = ['countries', 'lists', 'regions', 'provinces', 'brands', 'colleges'] as const;
export type CodeField = (typeof CODE_FIELDS)[number];

export type FilterBody<Kind extends string = string> = {
  records?: Kind[] | undefined;
  members?: boolean | undefined;
} & { [Field in CodeField]?: string[] | undefined };

export type FilterDraft<Kind extends string = string> = {
  records: Kind[];
  members: boolean;
} & Record<CodeField, string>;

/** Splits codes at commas, Chinese ones too, and spaces; each code once. */
export function readCodes(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))];
}

export function toDraft<Kind extends string>(filter: FilterBody<Kind> | undefined): FilterDraft<Kind> {
  const codes = Object.fromEntries(CODE_FIELDS.map((field) => [field, (filter?.[field] ?? []).join(', ')]));
  return {
    records: filter?.records ?? [],
    members: filter?.members === true,
    ...(codes as Record<CodeField, string>),
  };
}

/** The filter as the API reads it: a condition that is not stated is left out, never empty. */
export function toFilter<Kind extends string>(draft: FilterDraft<Kind>): FilterBody<Kind> {
  const filter: FilterBody<Kind> = {};
  if (draft.records.length > 0) filter.records = draft.records;
  for (const field of CODE_FIELDS) {
    const codes = readCodes(draft[field]);
    if (codes.length > 0) (filter as Record<CodeField, string[]>)[field] = codes;
  }
  if (draft.members) filter.members = true;
  return filter;
}

/** Conditions of a filter in one line, each with its name. */
export function describeFilter(
  filter: FilterBody,
  names: Record<CodeField | 'records' | 'members', string>,
  nameOf: (field: CodeField | 'records', code: string) => string = (_, code) => code,
): string[] {
  const parts: string[] = [];
  for (const field of ['records', ...CODE_FIELDS] as const) {
    const codes = filter[field];
    if (codes) parts.push(`${names[field]}: ${codes.map((code) => nameOf(field, code)).join(', ')}`);
  }
  if (filter.members) parts.push(names.members);
  return parts;
}
