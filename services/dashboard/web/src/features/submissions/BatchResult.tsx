import { useFormats } from '../../kit/formats';
import { useSession } from '../../kit/session';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import {
  isEnded,
  isRefusedForColumns,
  MAX_CAUSES,
  OUTCOMES,
  processedShare,
  rowCauses,
  wholeFileCauses,
  type Batch,
} from './batch';
import { CauseTable, WholeFileCauses } from './CauseTable';
import { Progress } from './Progress';
import type { RecordInfo, RecordService } from '../../kit/records/recordDictionary';
import { RowTable, type RowFilter } from './RowTable';
import styles from './send.module.css';
import { formatProgress } from './sizes';
import { StopButton } from './StopButton';
import { words as sendWords } from './sendWords';

/** What became of a file: progress while it runs, then counts, causes, warnings and rows. */
export function BatchResult({
  batch,
  info,
  columnsShown = false,
  filter,
  onFilter,
}: {
  batch: Batch;
  info: RecordInfo;
  /** Whether the page shows the columns of a file that was refused for them, so that the causes need not. */
  columnsShown?: boolean;
  filter: RowFilter | undefined;
  onFilter: (filter: RowFilter) => void;
}) {
  const words = useWords(sendWords);
  const { number, language } = useFormats();
  const causes = rowCauses(batch);
  if (!isEnded(batch)) return <RunningBatch batch={batch} service={info.service} />;
  return (
    <div className={styles.stack}>
      {batch.state === 'interrupted' ? (
        <StateMessage tone="caution">
          <p>{words.batchInterrupted}</p>
        </StateMessage>
      ) : null}
      {columnsShown && isRefusedForColumns(batch) ? null : <WholeFileCauses batch={batch} info={info} />}
      {batch.state === 'failed' && wholeFileCauses(batch).length === 0 ? <FailedBatch batch={batch} /> : null}
      {batch.counts.rows > 0 ? <Counts batch={batch} onFilter={onFilter} /> : null}
      {batch.counts.parked > 0 ? <p className={styles.quiet}>{words.parkedHint}</p> : null}
      {batch.counts.refused > 0 && batch.refusedRowsKept === 0 ? (
        <p className={styles.quiet}>{words.refusedRowsDeleted}</p>
      ) : null}
      {batch.refusedRowsKept > 0 ? (
        <p>
          <a
            className={styles.download}
            href={`/api/${info.service}/v1/batches/${batch.id}/refused?lang=${language}`}
            download
          >
            {batch.format === 'xlsx' ? words.downloadRefusedSheet : words.downloadRefused}
          </a>
        </p>
      ) : null}
      {causes.length > 0 ? (
        <CauseTable
          name="causes"
          title={words.causesTitle(number(causes.length), number(batch.counts.refused))}
          causes={causes}
          info={info}
        />
      ) : null}
      {causes.length >= MAX_CAUSES ? <p className={styles.quiet}>{words.causeMany}</p> : null}
      {batch.warnings.length > 0 ? (
        <CauseTable
          name="warnings"
          title={words.warningsTitle(number(batch.warnings.length))}
          causes={batch.warnings}
          info={info}
        />
      ) : null}
      {batch.counts.rows > 0 ? (
        <RowTable key={batch.id} batch={batch} info={info} filter={filter} onFilter={onFilter} />
      ) : null}
    </div>
  );
}

function FailedBatch({ batch }: { batch: Batch }) {
  const words = useWords(sendWords);
  const partly = batch.mode === 'rows' && !batch.dryRun && batch.counts.rows > 0;
  return (
    <StateMessage tone="caution">
      {batch.failure === 'stopped' ? (
        <p>{partly ? words.batchStoppedPartly : words.batchStopped}</p>
      ) : (
        <p>
          <strong>{words.batchFailed}</strong> {words.batchFailedHint}
        </p>
      )}
    </StateMessage>
  );
}

function RunningBatch({ batch, service }: { batch: Batch; service: RecordService }) {
  const words = useWords(sendWords);
  const session = useSession();
  const { number } = useFormats();
  const share = processedShare(batch);
  const rows = number(batch.counts.rows);
  const waits = batch.state === 'running' && batch.bytesRead === 0;
  return (
    <div className={styles.stack}>
      <Progress share={share}>
        {waits
          ? words.inQueue
          : share === null
            ? words.checkingRows(rows)
            : words.checking(rows, formatProgress(share))}
      </Progress>
      <p className={styles.quiet}>{words.safeToLeave}</p>
      {session.role === 'bureau' ? <StopButton batch={batch} service={service} /> : null}
    </div>
  );
}

function Counts({ batch, onFilter }: { batch: Batch; onFilter: (filter: RowFilter) => void }) {
  const words = useWords(sendWords);
  const { number } = useFormats();
  return (
    <dl className={styles.counts}>
      <div>
        <dt>{words.rows}</dt>
        <dd>{number(batch.counts.rows)}</dd>
      </div>
      {OUTCOMES.map((outcome) => (
        <div key={outcome} data-outcome={outcome} data-none={batch.counts[outcome] === 0 ? '' : undefined}>
          <dt>{words[outcome]}</dt>
          <dd>
            {batch.counts[outcome] === 0 ? (
              0
            ) : (
              <button type="button" onClick={() => onFilter(outcome)}>
                {number(batch.counts[outcome])}
              </button>
            )}
          </dd>
        </div>
      ))}
      {batch.counts.warned > 0 ? (
        <div>
          <dt>{words.warned}</dt>
          <dd>{number(batch.counts.warned)}</dd>
        </div>
      ) : null}
    </dl>
  );
}
