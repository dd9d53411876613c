/** A version of a record as its service keeps it. */
export interface RecordVersion {
  province: string;
  sourceId: string;
  version: number;
  recordedAt: string;
  cause: { kind: string; id: string; actor: string };
  withdrawn: boolean;
  reason: string | null;
  movedTo?: string;
  fields: Record<string, unknown>;
  warnings?: { pointer: string; rule: string; detail: string; detailZh: string }[];
}

/** A field that one version has otherwise than the one before it. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** What happened to the record in a version. */
export type VersionKind = 'created' | 'corrected' | 'withdrawn' | 'restored' | 'moved' | 'unchanged';

/** The versions that were known at a moment, or all without one, the newest first. */
export function versionsKnown(versions: RecordVersion[], asOf: string | undefined): RecordVersion[] {
  return versions
    .filter((version) => !asOf || Date.parse(version.recordedAt) <= Date.parse(asOf))
    .sort((one, other) => other.version - one.version);
}

/** The fields that differ between two versions, in the order of the newer one, those that vanished last. */
export function changesBetween(before: RecordVersion | undefined, after: RecordVersion): FieldChange[] {
  if (!before) return [];
  const names = new Set([...Object.keys(after.fields), ...Object.keys(before.fields)]);
  return [...names]
    .filter(
      (field) => JSON.stringify(before.fields[field] ?? null) !== JSON.stringify(after.fields[field] ?? null),
    )
    .map((field) => ({ field, before: before.fields[field] ?? null, after: after.fields[field] ?? null }));
}

export function kindOf(before: RecordVersion | undefined, after: RecordVersion): VersionKind {
  if (!before) return 'created';
  if (after.movedTo !== undefined) return 'moved';
  if (after.withdrawn) return before.withdrawn ? 'unchanged' : 'withdrawn';
  if (before.withdrawn) return 'restored';
  return changesBetween(before, after).length > 0 ? 'corrected' : 'unchanged';
}

/** A value of a field as text: lists by their parts, objects by their values. */
export function writeFieldValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value)) return value.map(writeFieldValue).join('、');
  if (typeof value === 'object') return Object.values(value).map(writeFieldValue).join(' · ');
  return typeof value === 'boolean' ? (value ? '✓' : '✗') : String(value);
}
