import { useName } from '../../kit/language';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { describeFilter, type CodeField, type FilterBody } from './filter';
import { useCodeChoices } from './useCodeChoices';
import { words as allianceWords } from './words';

/** The conditions of a filter in words. */
export function FilterText({ filter }: { filter: FilterBody }) {
  const words = useWords(allianceWords);
  const names = useReferenceNames();
  const choicesOf = useCodeChoices();
  const name = useName();
  const nameOf = (field: CodeField, code: string) => {
    const found = choicesOf(field).find((choice) => choice.code === code);
    return found ? name(found) : code;
  };
  const parts = describeFilter(filter, { ...words, members: words.membersShort }, (field, code) =>
    field === 'records' ? names.record(code) : field === 'lists' ? names.list(code) : nameOf(field, code),
  );
  return <>{parts.length === 0 ? words.everything : parts.join(' · ')}</>;
}
