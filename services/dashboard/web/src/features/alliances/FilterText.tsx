import { useWords } from '../../kit/words';
import { useReferenceNames } from '../figures/useReferenceNames';
import { describeFilter, type FilterBody } from './filter';
import { words as allianceWords } from './words';

/** The conditions of a filter in words. */
export function FilterText({ filter }: { filter: FilterBody }) {
  const words = useWords(allianceWords);
  const names = useReferenceNames();
  const parts = describeFilter(filter, { ...words, members: words.membersShort }, (field, code) =>
    field === 'records' ? names.record(code) : field === 'lists' ? names.list(code) : code,
  );
  return <>{parts.length === 0 ? words.everything : parts.join(' · ')}</>;
}
