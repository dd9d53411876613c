import { Facts } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import { FieldValue } from './FieldValue';
import { useFieldWords } from './useFieldWords';
import type { RecordVersion } from './versions';

interface RecordFieldsProps {
  info: RecordInfo;
  version: RecordVersion;
  title: string;
}

/** What the record says in a version, in the order of its template and by its headings. */
export function RecordFields({ info, version, title }: RecordFieldsProps) {
  const { heading, fieldOf } = useFieldWords(info);
  const order = Object.keys(info.fields);
  return (
    <Panel title={title}>
      <Facts
        items={Object.entries(version.fields)
          .filter(([, value]) => value !== null && value !== undefined)
          .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
          .map(([field, value]) => ({
            term: heading(field),
            value: (
              <FieldValue info={info} field={fieldOf(field)} value={value} province={version.province} />
            ),
          }))}
      />
    </Panel>
  );
}
