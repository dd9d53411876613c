import type { Named } from '../language';

/** A field of a record as `contracts/records` declares it. */
export interface FormField {
  name: string;
  label: Named;
  type: 'text' | 'code' | 'date' | 'integer' | 'flag' | 'texts' | 'objects';
  explain?: Named;
  /** List of its codes. */
  codes?: string;
  /** Codes of the list that the field refuses. */
  excluded?: readonly string[];
  required?: boolean;
  /** Most characters of a text, or the largest number. */
  max?: number;
  min?: number;
  /** Most items of a list. */
  items?: number;
  /** Record of the same province whose key the field has. */
  parent?: string;
  colleges?: boolean;
  majors?: boolean;
  /** Who the person is: taken, and never shown again. */
  personal?: boolean;
  /** Properties of each object of a list. */
  parts?: readonly FormField[];
}

/** Fields that are there together. */
export type FormCondition =
  | { when: Record<string, readonly string[]>; required: string; otherwise?: string }
  | { when: Record<string, readonly string[]>; absent: string }
  | { exactlyOne: readonly string[] };

/** The fields of a record in the order of its table. */
export interface RecordForm {
  record: string;
  fields: readonly FormField[];
  conditions: readonly FormCondition[];
}
