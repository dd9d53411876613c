import { Button } from '../../kit/Button';
import { kitWords } from '../../kit/kitWords';
import { useLanguage } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { PathLink } from '../../kit/PathLink';
import { findingDetail } from '../../kit/problems';
import { useWords } from '../../kit/words';
import { useFieldName } from '../../kit/records/fieldNames';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import { formWords } from './formWords';
import type { WriteAnswer } from './RecordEditor';
import styles from './records.module.css';
import type { RecordVersion } from './versions';

/** What became of a record that was sent, and what rules warned of. */
export function StoredMessage({
  info,
  province,
  before,
  answer,
  hasPersonalData,
  onAnother,
}: {
  info: RecordInfo;
  province: string;
  before: RecordVersion | undefined;
  answer: WriteAnswer;
  /** Whether personal data were sent: these make no version. */
  hasPersonalData: boolean;
  /** Begins another new record; undefined after a correction. */
  onAnother: (() => void) | undefined;
}) {
  const text = useWords(formWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const fieldName = useFieldName();
  const said =
    'parked' in answer
      ? text.parked
      : answer.version === before?.version
        ? hasPersonalData
          ? text.personalStored
          : text.unchanged
        : text.stored(answer.version);
  return (
    <Panel title={said}>
      <div className={styles.warnings} role="status">
        {answer.warnings?.length ? (
          <>
            <p>{text.warned}</p>
            <ul>
              {answer.warnings.map((warning) => (
                <li key={warning.rule + warning.pointer}>
                  {warning.pointer === '' ? '' : fieldName([info], warning.pointer) + kit.colon}
                  {findingDetail(warning, language)}
                </li>
              ))}
            </ul>
          </>
        ) : null}
        <p className={styles.actions}>
          {'parked' in answer ? null : (
            <PathLink path={`/records/${info.record}/${province}/${encodeURIComponent(answer.sourceId)}`}>
              {text.toRecord}
            </PathLink>
          )}
          {onAnother ? <Button onPress={onAnother}>{text.another}</Button> : null}
        </p>
      </div>
    </Panel>
  );
}
