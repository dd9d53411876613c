import { useName } from '../../kit/language';
import { useCodeNames } from '../../kit/records/useCodeNames';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { writeFieldValue } from './versions';

/** The headings of fields, and the names of their codes. */
export function useFieldWords(info: RecordInfo) {
  const name = useName();
  const provinceName = useProvinceNames();
  const codeName = useCodeNames();
  const nameCode = (field: string, value: unknown): unknown => {
    const known = typeof value === 'string' ? codeName(field, value, info.record) : undefined;
    return known ? name(known) : value;
  };
  const nameParts = (field: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => nameParts(field, each));
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([key, part]) => [key, key === 'country' ? nameCode(key, part) : part]),
      );
    return field === 'province' && typeof value === 'string' ? provinceName(value) : nameCode(field, value);
  };
  return {
    heading: (field: string) => (info.fields[field] ? name(info.fields[field]) : field),
    value: (field: string, value: unknown) => writeFieldValue(nameParts(field, value)),
  };
}
