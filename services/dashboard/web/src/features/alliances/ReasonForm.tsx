import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { FormFields } from '../../kit/Layout';
import { ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useFeedsRefresh } from './queries';
import { words as allianceWords } from './words';

/** Asks for the reason of an act that takes something away, or for a word where the act needs no reason. */
export function ReasonForm({
  lead,
  action,
  confirmWord,
  onAct,
  onDone,
}: {
  lead: string;
  action: string;
  confirmWord?: string;
  onAct: (reason: string) => Promise<unknown>;
  onDone: () => void;
}) {
  const words = useWords(allianceWords);
  const refresh = useFeedsRefresh();
  const [text, setText] = useState('');
  const act = useMutation({
    mutationFn: () => onAct(text.trim()),
    onSuccess: () => {
      refresh();
      onDone();
    },
  });
  const isReady = confirmWord ? text.trim() === confirmWord : text.trim() !== '';
  return (
    <FormFields
      actions={
        <>
          <Button kind="danger" isDisabled={!isReady || act.isPending} onPress={() => act.mutate()}>
            {action}
          </Button>
          <Button onPress={onDone}>{words.cancel}</Button>
        </>
      }
    >
      <StateMessage tone="caution">
        <p>{lead}</p>
      </StateMessage>
      <Field
        label={confirmWord ? words.confirmType(confirmWord) : words.reason}
        value={text}
        onChange={setText}
        isRequired
      />
      {act.isError ? <ErrorMessage error={act.error} /> : null}
    </FormFields>
  );
}
