import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../kit/Button';
import { Drawer } from '../../kit/Drawer';
import { Field } from '../../kit/Field';
import { readRefusal } from '../../kit/problems';
import { ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './send.module.css';
import type { WaitingRow } from './WaitingPage';
import { words as submissionWords } from './words';

/** Asks for the reason and removes a waiting row, as a record is withdrawn. */
export function RemoveDialog({
  row,
  address,
  onClose,
  onRemoved,
}: {
  row: WaitingRow;
  /** Of the collection that the row belongs to. */
  address: string;
  onClose: () => void;
  onRemoved: () => void;
}) {
  const words = useWords(submissionWords);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const removal = useMutation({
    mutationFn: async () => {
      const path = `${address}/${row.province}/${encodeURIComponent(row.sourceId)}`;
      const response = await fetch(`${path}?reason=${encodeURIComponent(reason.trim())}`, {
        method: 'DELETE',
        headers: { 'X-Voyage-Request': '1' },
      });
      if (!response.ok) throw await readRefusal(response);
    },
    onSuccess: onRemoved,
  });
  const missing = tried && reason.trim() === '';
  return (
    <Drawer title={words.removeTitle(row.sourceId)} isOpen onClose={onClose}>
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (reason.trim() !== '') removal.mutate();
        }}
      >
        <p>{words.removeLead}</p>
        <Field
          label={words.reason}
          value={reason}
          onChange={setReason}
          isRequired
          {...(missing ? { error: words.reasonNeeded } : {})}
        />
        {removal.isError ? <ErrorMessage error={removal.error} /> : null}
        <div className={styles.links}>
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button kind="danger" type="submit" isDisabled={removal.isPending}>
            {words.remove}
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
