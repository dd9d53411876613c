import { Facts } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { useWords } from '../../kit/words';
import type { RecordInfo } from '../send/recordDictionary';
import { useFieldWords } from './useFieldWords';
import type { RecordVersion } from './versions';
import { words } from './words';

/** What the record says now, by the headings of its template. */
export function RecordFields({ info, version }: { info: RecordInfo; version: RecordVersion }) {
  const text = useWords(words);
  const fieldWords = useFieldWords(info);
  return (
    <Panel title={text.newest}>
      <Facts
        items={Object.entries(version.fields)
          .filter(([, value]) => value !== null && value !== undefined)
          .map(([field, value]) => ({
            term: fieldWords.heading(field),
            value: fieldWords.value(field, value),
          }))}
      />
    </Panel>
  );
}
