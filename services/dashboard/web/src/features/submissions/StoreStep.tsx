import { useState } from 'react';
import { Button } from '../../kit/Button';
import { FileDrop } from '../../kit/FileDrop';
import { useFormats } from '../../kit/formats';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { Attempt } from './attempts';
import { changedRows, storeChoice, type Batch } from './batch';
import { SendingMessage } from './SendingMessage';
import styles from './send.module.css';
import type { Sending } from './useSending';
import { words as sendWords } from './sendWords';

export type StoreMode = 'rows' | 'all';

/** Stores the tried file: the choice of the mode, and the file again where the page was left meanwhile. */
export function StoreStep({
  tried,
  attempt,
  hashing,
  file,
  sending,
  onFile,
  onStore,
  onTry,
  onStop,
}: {
  tried: Batch;
  attempt: Attempt | undefined;
  /** Whether the digest of the tried file is still being computed. */
  hashing: boolean;
  /** The file of this page; undefined after a reload. */
  file: File | undefined;
  sending: Sending;
  onFile: (file: File) => void;
  onStore: (mode: StoreMode) => void;
  /** Tries the file that is not the one of the dry run. */
  onTry: () => void;
  onStop: () => void;
}) {
  const words = useWords(sendWords);
  const { number } = useFormats();
  const [mode, setMode] = useState<StoreMode>('rows');
  const choice = storeChoice(tried);
  const busy = sending.state === 'hashing' || sending.state === 'uploading';
  if (choice === 'nothing-to-store' || choice === 'not-possible') return <p>{words.nothingToStore}</p>;
  if (!attempt || (attempt.digest === null && !hashing)) {
    return (
      <StateMessage tone="caution">
        <p>{words.fileNeededUnknown}</p>
      </StateMessage>
    );
  }
  return (
    <div className={styles.stack}>
      <fieldset className={styles.modes} disabled={busy}>
        <legend className="visually-hidden">{words.storeTitle}</legend>
        <label>
          <input type="radio" name="mode" checked={mode === 'rows'} onChange={() => setMode('rows')} />
          <span>{words.modeRows}</span>
        </label>
        <label>
          <input
            type="radio"
            name="mode"
            checked={mode === 'all'}
            disabled={choice === 'rows-only'}
            onChange={() => setMode('all')}
          />
          <span>{words.modeAll}</span>
        </label>
        {choice === 'rows-only' ? <p className={styles.quiet}>{words.modeAllImpossible}</p> : null}
      </fieldset>
      {file ? null : <FileDrop accept={[]} hint={words.fileNeeded(attempt.fileName)} onFile={onFile} />}
      <SendingMessage sending={sending} total={attempt.fileBytes} onRetry={() => onStore(mode)} />
      <div className={styles.bar}>
        <p className={styles.quiet}>{hashing ? words.digestPending : words.sameBytes}</p>
        {sending.state === 'different' ? <Button onPress={onTry}>{words.tryThisFile}</Button> : null}
        {busy ? <Button onPress={onStop}>{words.stop}</Button> : null}
        <Button
          kind="primary"
          isDisabled={!file || busy || attempt.digest === null || sending.state === 'different'}
          onPress={() => onStore(mode)}
        >
          {words.store(number(changedRows(tried.counts) + tried.counts.parked))}
        </Button>
      </div>
    </div>
  );
}
