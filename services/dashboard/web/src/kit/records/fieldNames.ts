import { useName } from '../language';
import { useWords } from '../words';
import type { RecordInfo } from './recordDictionary';
import { words as recordWords } from './words';

/** The heading of the field that a JSON Pointer names: `/foreignPartners/0/country` is of `foreignPartners`. */
function fieldOfPointer(pointer: string): string {
  return pointer.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '';
}

/** Returns a function that names the column of a pointer as the template of one of the records does. */
export function useFieldName(): (records: readonly Pick<RecordInfo, 'fields'>[], pointer: string) => string {
  const name = useName();
  const words = useWords(recordWords);
  return (records, pointer) => {
    const field = fieldOfPointer(pointer);
    if (field === 'sourceId') return words.sourceId;
    if (field === 'withdraw') return words.withdrawField;
    if (field === 'reason') return words.reasonField;
    const known = records.find((record) => record.fields[field])?.fields[field];
    return known ? name(known) : field;
  };
}
