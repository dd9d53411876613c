import { Link } from '@tanstack/react-router';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { isEnded } from './batch';
import { BatchResult } from './BatchResult';
import { CountedStep } from './CountedStep';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import styles from './send.module.css';
import type { FileRun } from './useFileRun';
import { words as sendWords } from './sendWords';

/** The stored file: the figures that count it, and what became of its rows. */
export function StoredPanels({ info, run }: { info: RecordInfo; run: FileRun }) {
  const words = useWords(sendWords);
  const { attempt, stored, storedDone } = run;
  return (
    <>
      {storedDone ? (
        <Panel title={words.figuresTitle}>
          <CountedStep
            stored={storedDone}
            preview={attempt?.preview ?? []}
            since={attempt?.triedAt ?? storedDone.startedAt}
          />
          <p className={styles.links}>
            <Link to="/">{words.toOverview}</Link>
            <Link to="/submissions/$service/$batch" params={{ service: info.service, batch: storedDone.id }}>
              {words.toSubmission}
            </Link>
            <button type="button" className={styles.again} onClick={run.startOver}>
              {words.sendAnother}
            </button>
          </p>
        </Panel>
      ) : null}
      <Panel title={words.storedTitle}>
        <Answer query={stored}>
          {(batch) => (
            <BatchResult batch={batch} info={info} filter={run.search.rows} onFilter={run.filterRows} />
          )}
        </Answer>
        {stored.data && isEnded(stored.data) && stored.data.state !== 'done' ? (
          <button type="button" className={styles.again} onClick={run.forgetStored}>
            {words.retry}
          </button>
        ) : null}
      </Panel>
    </>
  );
}
