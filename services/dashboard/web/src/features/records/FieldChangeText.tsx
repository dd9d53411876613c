import type { RecordInfo } from '../../kit/records/recordDictionary';
import { FieldValue } from './FieldValue';
import styles from './records.module.css';
import { useFieldWords } from './useFieldWords';
import type { FieldChange } from './versions';

/** What a field had before, and has now. */
export function FieldChangeText({
  info,
  change,
  province,
}: {
  info: RecordInfo;
  change: FieldChange;
  province: string;
}) {
  const field = useFieldWords(info).fieldOf(change.field);
  return (
    <span className={styles.change}>
      <del>
        <FieldValue info={info} field={field} value={change.before} province={province} />
      </del>{' '}
      →{' '}
      <ins>
        <FieldValue info={info} field={field} value={change.after} province={province} />
      </ins>
    </span>
  );
}
