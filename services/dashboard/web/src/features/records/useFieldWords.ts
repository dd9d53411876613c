import { useName } from '../../kit/language';
import { findCodeName, useReference } from '../../kit/reference';
import type { FormField } from '../../kit/records/recordForm';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { RECORD_FORMS } from '../../generated/records';

/** The headings of fields, and the names of their codes. */
export function useFieldWords(info: RecordInfo) {
  const name = useName();
  const names = useReference();
  const provinceName = useProvinceNames();
  const fieldOf = (field: string): FormField | undefined =>
    RECORD_FORMS[info.record]?.fields.find((each) => each.name === field);
  const nameOf = (field: FormField | undefined, code: string): string | undefined => {
    if (field?.name === 'province') return provinceName(code);
    const list = field?.type === 'flag' ? 'flags' : field?.codes;
    const known =
      (list ? names?.codes[list]?.[code] : undefined) ??
      (field?.codes ? findCodeName(names, field.name, code, info.record) : undefined);
    return known ? name(known) : undefined;
  };
  return {
    heading: (field: string) => {
      const known = fieldOf(field)?.label ?? info.fields[field];
      return known ? name(known) : field;
    },
    fieldOf,
    /** The name of a code of a field; undefined where it has none. */
    nameOf,
  };
}
