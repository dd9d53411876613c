import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/feeds';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { FormFields } from '../../kit/Layout';
import { ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useFeedsRefresh } from './queries';
import { words as allianceWords } from './words';

/** Admits an alliance, or corrects one against the version that was read. */
export function AllianceForm({
  alliance,
  onDone,
}: {
  alliance?: components['schemas']['Alliance'];
  onDone: () => void;
}) {
  const words = useWords(allianceWords);
  const refresh = useFeedsRefresh();
  const [code, setCode] = useState(alliance?.code ?? '');
  const [name, setName] = useState(alliance?.name ?? '');
  const [nameEn, setNameEn] = useState(alliance?.nameEn ?? '');
  const [contact, setContact] = useState(alliance?.contact ?? '');
  const write = useMutation({
    mutationFn: () =>
      unwrap(
        feeds.client.PUT('/v1/alliances/{alliance}', {
          params: {
            path: { alliance: code },
            header: alliance ? { 'If-Match': `"${alliance.version}"` } : {},
          },
          body: { name, nameEn, ...(contact.trim() ? { contact } : {}) },
        }),
      ),
    onSuccess: () => {
      refresh();
      onDone();
    },
  });
  return (
    <FormFields
      actions={
        <>
          <Button
            kind="primary"
            isDisabled={!code || !name || !nameEn || write.isPending}
            onPress={() => write.mutate()}
          >
            {write.isPending ? words.saving : words.save}
          </Button>
          <Button onPress={onDone}>{words.cancel}</Button>
        </>
      }
    >
      {alliance ? null : (
        <Field
          label={words.code}
          hint={words.codeHint}
          value={code}
          onChange={(text) => setCode(text.trim())}
          isRequired
        />
      )}
      <Field label={words.name} value={name} onChange={setName} isRequired />
      <Field label={words.nameEn} value={nameEn} onChange={setNameEn} isRequired />
      <Field label={words.contact} hint={words.contactHint} value={contact} onChange={setContact} />
      {write.isError ? <ErrorMessage error={write.error} /> : null}
    </FormFields>
  );
}
