import { useWords } from '../../kit/words';
import { describeFilter, type FilterBody } from './filter';
import { words as allianceWords } from './words';

/** The conditions of a filter in words. */
export function FilterText({ filter }: { filter: FilterBody }) {
  const words = useWords(allianceWords);
  const parts = describeFilter(filter, { ...words, members: words.membersShort });
  return <>{parts.length === 0 ? words.everything : parts.join(' · ')}</>;
}
