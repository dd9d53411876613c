import type { FormCondition, FormField, RecordForm } from '../../kit/records/recordForm';

/** What a person has put into a field: a text, the items of a list, or the parts of each object of a list. */
export type DraftValue = string | string[] | Record<string, string>[];

/** What a person has put into a form, by the names of fields. */
export type Draft = Record<string, DraftValue>;

/** What is wrong with a field before anything is sent. */
export type DraftFault =
  | { kind: 'required' }
  | { kind: 'tooLong'; max: number }
  | { kind: 'noInteger' }
  | { kind: 'outOfRange'; min: number; max: number }
  | { kind: 'tooMany'; max: number }
  | { kind: 'incomplete' }
  | { kind: 'exactlyOne'; fields: readonly string[] }
  | { kind: 'together' };

/** Reads the fields of a record into a form. */
export function readDraft(form: RecordForm, fields: Record<string, unknown>): Draft {
  return Object.fromEntries(form.fields.map((field) => [field.name, readValue(field, fields[field.name])]));
}

function readValue(field: FormField, value: unknown): DraftValue {
  if (field.type === 'texts') return Array.isArray(value) ? value.map(String) : [];
  if (field.type === 'objects') {
    return Array.isArray(value)
      ? value.map((each: Record<string, unknown>) =>
          Object.fromEntries((field.parts ?? []).map(({ name }) => [name, writeText(each[name])])),
        )
      : [];
  }
  return writeText(value);
}

function writeText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** The fields of a request: empty ones and those that the others forbid are left out. */
export function writeDraft(form: RecordForm, draft: Draft): Record<string, unknown> {
  return Object.fromEntries(
    form.fields
      .filter((field) => isAllowed(form, field.name, draft))
      .map((field) => [field.name, writeValue(field, draft[field.name])] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function writeValue(field: FormField, value: DraftValue | undefined): unknown {
  if (Array.isArray(value)) {
    const items = value
      .map((item) =>
        typeof item === 'string'
          ? item.trim()
          : Object.fromEntries(Object.entries(item).filter(([, text]) => text.trim() !== '')),
      )
      .filter((item) => (typeof item === 'string' ? item !== '' : Object.keys(item).length > 0));
    return items.length > 0 ? items : undefined;
  }
  const text = value?.trim() ?? '';
  if (text === '') return undefined;
  if (field.type === 'flag') return text === 'true';
  return field.type === 'integer' && isInteger(text) ? Number(text) : text;
}

function isInteger(text: string): boolean {
  return /^-?\d{1,15}$/.test(text);
}

function isMet(condition: { when: Record<string, readonly string[]> }, draft: Draft): boolean {
  return Object.entries(condition.when).every(([field, codes]) => codes.includes(String(draft[field] ?? '')));
}

function asksFor(condition: FormCondition, field: string): condition is FormCondition & { required: string } {
  return 'required' in condition && condition.required === field;
}

/** Whether the field may have a value next to the others: a school that is open has no day of closing. */
export function isAllowed(form: RecordForm, field: string, draft: Draft): boolean {
  return form.conditions.every((condition) => {
    if ('absent' in condition && condition.absent === field) return !isMet(condition, draft);
    if (asksFor(condition, field) && 'otherwise' in condition) return isMet(condition, draft);
    return true;
  });
}

/** Whether the field must have a value next to the others. */
export function isRequired(form: RecordForm, field: FormField, draft: Draft): boolean {
  return (
    field.required === true ||
    form.conditions.some(
      (condition) => asksFor(condition, field.name) && 'when' in condition && isMet(condition, draft),
    )
  );
}

/**
 * What is wrong with a form by what the contract says of its fields; the service knows more. A correction replaces all
 * personal fields or none, because the page does not know what the service keeps.
 */
export function checkDraft(
  form: RecordForm,
  draft: Draft,
  isCorrection = false,
): Partial<Record<string, DraftFault>> {
  const faults: Partial<Record<string, DraftFault>> = {};
  for (const field of form.fields) {
    if (!isAllowed(form, field.name, draft)) continue;
    const fault = checkValue(field, draft[field.name], isRequired(form, field, draft));
    if (fault) faults[field.name] = fault;
  }
  const personal = form.fields.filter((field) => field.personal).map(({ name }) => name);
  const empty = personal.filter((field) => String(draft[field] ?? '').trim() === '');
  if (isCorrection && empty.length < personal.length) {
    empty.forEach((field) => (faults[field] = { kind: 'together' }));
  }
  for (const condition of form.conditions) {
    if (!('exactlyOne' in condition)) continue;
    const given = condition.exactlyOne.filter((field) => String(draft[field] ?? '').trim() !== '');
    if (given.length === 1) continue;
    const wrong = given.length === 0 ? condition.exactlyOne : given;
    wrong.forEach((field) => (faults[field] = { kind: 'exactlyOne', fields: condition.exactlyOne }));
  }
  return faults;
}

function checkValue(
  field: FormField,
  value: DraftValue | undefined,
  required: boolean,
): DraftFault | undefined {
  const written = writeValue(field, value);
  if (written === undefined) return required ? { kind: 'required' } : undefined;
  if (Array.isArray(written)) {
    if (field.items !== undefined && written.length > field.items)
      return { kind: 'tooMany', max: field.items };
    const isWhole = (item: unknown) =>
      typeof item === 'string' || (field.parts ?? []).every(({ name }) => name in (item as object));
    if (!written.every(isWhole)) return { kind: 'incomplete' };
    const texts = written.flatMap((item: string | Record<string, string>) =>
      typeof item === 'string' ? [item] : Object.values(item),
    );
    return texts.map((text) => checkLength(field, text)).find((fault) => fault !== undefined);
  }
  if (field.type === 'integer') {
    if (typeof written !== 'number') return { kind: 'noInteger' };
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = field;
    return written < min || written > max ? { kind: 'outOfRange', min, max } : undefined;
  }
  return typeof written === 'string' ? checkLength(field, written) : undefined;
}

function checkLength(field: FormField, text: string): DraftFault | undefined {
  const isText = field.type === 'text' || field.type === 'texts';
  return isText && field.max !== undefined && [...text].length > field.max
    ? { kind: 'tooLong', max: field.max }
    : undefined;
}

/** Joins two corrections of one version: what this person has changed stays, all else is as the other one stored it. */
export function joinDrafts(base: Draft, mine: Draft, theirs: Draft): Draft {
  const isSame = (field: string) => JSON.stringify(base[field]) === JSON.stringify(mine[field]);
  return Object.fromEntries(
    Object.keys(theirs).map((field) => [field, (isSame(field) ? theirs[field] : mine[field]) ?? '']),
  );
}
