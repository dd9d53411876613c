import { useName } from '../../kit/language';
import type { Named } from '../../kit/language';
import { useWords } from '../../kit/words';
import type { RecordInfo } from './recordDictionary';
import { words as sendWords } from './words';

/** The heading of the field that a JSON Pointer names: `/foreignPartners/0/country` is of `foreignPartners`. */
export function fieldOfPointer(pointer: string): string {
  return pointer.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '';
}

/** Returns a function that names the column of a pointer as the template does. */
export function useFieldName(info: Pick<RecordInfo, 'fields'>): (pointer: string) => string {
  const name = useName();
  const words = useWords(sendWords);
  return (pointer) => {
    const field = fieldOfPointer(pointer);
    if (field === 'sourceId') return words.sourceId;
    if (field === 'withdraw') return words.withdrawField;
    if (field === 'reason') return words.reasonField;
    const known: Named | undefined = info.fields[field];
    return known ? name(known) : field;
  };
}
