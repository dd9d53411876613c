import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/indicators';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useFormats } from '../../kit/formats';
import { FormFields } from '../../kit/Layout';
import { ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { words as releaseWords } from './words';

/** The last question before a release, which cannot be taken back: a word has to be typed. */
export function PublishForm({
  sheets,
  onDone,
  onCancel,
}: {
  sheets: string;
  onDone: () => void;
  onCancel: () => void;
}) {
  const words = useWords(releaseWords);
  const formats = useFormats();
  const [typed, setTyped] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const release = useMutation({
    mutationFn: () =>
      fetchJson<components['schemas']['ReleaseMade']>('/api/indicators/v1/releases', {
        method: 'POST',
        headers: { 'Idempotency-Key': key },
      }),
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
            isDisabled={typed.trim() !== words.confirmWord || release.isPending}
            onPress={() => release.mutate()}
          >
            {release.isPending ? words.publishing : words.confirm}
          </Button>
          <Button onPress={onCancel}>{words.cancel}</Button>
        </>
      }
    >
      <p>{words.willRelease(sheets)}</p>
      <StateMessage tone="caution">
        <p>{words.confirmLead}</p>
      </StateMessage>
      <Field label={words.confirmType(words.confirmWord)} value={typed} onChange={setTyped} />
      {release.isError ? <ErrorMessage error={release.error} /> : null}
    </FormFields>
  );
}
