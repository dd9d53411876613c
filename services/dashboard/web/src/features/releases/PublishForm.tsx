import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/indicators';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useFormats } from '../../kit/formats';
import { FormFields } from '../../kit/Layout';
import { writeSearch } from '../../kit/search';
import { ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { words as releaseWords } from './words';

/**
 * The last question before a release, which cannot be taken back: a word has to be typed, and a second one for years that are
 * not locked.
 */
export function PublishForm({
  sheets,
  unlockedYears,
  onDone,
  onCancel,
}: {
  sheets: number;
  unlockedYears: number;
  onDone: () => void;
  onCancel: () => void;
}) {
  const words = useWords(releaseWords);
  const formats = useFormats();
  const [typed, setTyped] = useState('');
  const [typedUnlocked, setTypedUnlocked] = useState('');
  const allowsUnlocked = typedUnlocked.trim() === words.unlockedWord;
  const isConfirmed = typed.trim() === words.confirmWord && (unlockedYears === 0 || allowsUnlocked);
  const [key] = useState(() => crypto.randomUUID());
  const release = useMutation({
    mutationFn: () =>
      fetchJson<components['schemas']['ReleaseMade']>(
        `/api/indicators/v1/releases${writeSearch(allowsUnlocked ? { allowUnlocked: 'true' } : {})}`,
        {
          method: 'POST',
          headers: { 'Idempotency-Key': key },
        },
      ),
    onSuccess: onDone,
  });
  if (release.data) {
    const made = release.data.release;
    return (
      <StateMessage>
        <p role="status">
          ✓ {made ? words.published(made.number, formats.number(made.sheets)) : words.publishedNothing}
        </p>
      </StateMessage>
    );
  }
  return (
    <FormFields
      actions={
        <>
          <Button
            kind="danger"
            isDisabled={!isConfirmed || release.isPending}
            onPress={() => release.mutate()}
          >
            {release.isPending ? words.publishing : words.confirm}
          </Button>
          <Button onPress={onCancel}>{words.cancel}</Button>
        </>
      }
    >
      <p>{words.willRelease(formats.number(sheets))}</p>
      <StateMessage tone="caution">
        <p>{words.confirmLead}</p>
      </StateMessage>
      <Field label={words.confirmType(words.confirmWord)} value={typed} onChange={setTyped} />
      {unlockedYears > 0 ? (
        <>
          <StateMessage tone="caution">
            <p>{words.unlocked(formats.number(unlockedYears), formats.number(sheets))}</p>
          </StateMessage>
          <Field
            label={words.unlockedType(words.unlockedWord)}
            value={typedUnlocked}
            onChange={setTypedUnlocked}
          />
        </>
      ) : null}
      {release.isError ? <ErrorMessage error={release.error} /> : null}
    </FormFields>
  );
}
