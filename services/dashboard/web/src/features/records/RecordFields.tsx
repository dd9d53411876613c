import { Facts } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import { useFieldWords } from './useFieldWords';
import type { RecordVersion } from './versions';

interface RecordFieldsProps {
  info: RecordInfo;
  version: RecordVersion;
  title: string;
}

/** What the record says in a version, by the headings of its template. */
export function RecordFields({ info, version, title }: RecordFieldsProps) {
  const fieldWords = useFieldWords(info);
  return (
    <Panel title={title}>
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
