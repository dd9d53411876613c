import { Button } from '../../kit/Button';
import { kitWords } from '../../kit/kitWords';
import { PathLink } from '../../kit/PathLink';
import { Skeleton, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import type { RecordForm } from '../../kit/records/recordForm';
import { readDraft, type Draft } from './draft';
import { FieldChangeText } from './FieldChangeText';
import { formWords } from './formWords';
import { useFieldWords } from './useFieldWords';
import { changesBetween, type RecordVersion } from './versions';

/** What another person has stored meanwhile, and where both changed the same field; the input stays. */
export function ConflictMessage({
  info,
  form,
  base,
  newest,
  draft,
  onContinue,
}: {
  info: RecordInfo;
  form: RecordForm;
  /** The version that this person began with; undefined for a new record. */
  base: RecordVersion | undefined;
  /** The version that is there now; undefined until it has come. */
  newest: RecordVersion | undefined;
  draft: Draft;
  onContinue: (newest: RecordVersion) => void;
}) {
  const text = useWords(formWords);
  const kit = useWords(kitWords);
  const { heading } = useFieldWords(info);
  if (!newest) return <Skeleton lines={3} />;
  const isNew = !base || base.withdrawn;
  // The other person's withdrawal or move is not undone by a correction of what was there before.
  if (isNew || newest.withdrawn || newest.movedTo !== undefined || newest.sourceId !== base.sourceId) {
    const path = `/records/${info.record}/${newest.province}/${encodeURIComponent(newest.sourceId)}`;
    return (
      <StateMessage tone="caution">
        <p role="status">
          {isNew ? text.exists : text.gone}{' '}
          <PathLink path={path}>{isNew ? text.openExisting : text.openPresent}</PathLink>
        </p>
      </StateMessage>
    );
  }
  const changes = changesBetween(base, newest);
  const began = readDraft(form, base.fields);
  const both = changes.filter(({ field }) => JSON.stringify(began[field]) !== JSON.stringify(draft[field]));
  return (
    <StateMessage
      tone="caution"
      actions={
        <Button kind="primary" onPress={() => onContinue(newest)}>
          {text.continueOn}
        </Button>
      }
    >
      <p role="status">
        <strong>{text.conflict}</strong>
      </p>
      <p>{text.conflictChanges(newest.version)}</p>
      <ul>
        {changes.map((change) => (
          <li key={change.field}>
            {heading(change.field)}
            {kit.colon}
            <FieldChangeText info={info} change={change} province={newest.province} />
          </li>
        ))}
      </ul>
      {both.length > 0 ? (
        <p>
          {text.conflictKept}
          {both.map(({ field }) => heading(field)).join(kit.comma)}
        </p>
      ) : null}
    </StateMessage>
  );
}
