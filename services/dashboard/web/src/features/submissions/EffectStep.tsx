import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from '../../kit/Button';
import { useFormats } from '../../kit/formats';
import { RefusedRequest } from '../../kit/problems';
import { ErrorMessage, Skeleton, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { changedRows, MAX_PREVIEWED_CHANGES, type Batch } from './batch';
import { MovementTable } from './MovementTable';
import { PlaceChanges } from './PlaceChanges';
import { listMovements, type FigureMovement } from './previewComparison';
import type { RecordService } from '../../kit/records/recordDictionary';
import styles from './send.module.css';
import { isBusy, PreviewTooLargeError, previewQuery, secondsToWait } from './usePreview';
import { words as sendWords } from './sendWords';

/** What the file would do to the national figures, or why that cannot be computed. */
export function EffectStep({
  service,
  batch,
  onPreview,
}: {
  service: RecordService;
  batch: Batch;
  onPreview: (movements: FigureMovement[]) => void;
}) {
  const words = useWords(sendWords);
  const { number, moment } = useFormats();
  const changes = changedRows(batch.counts);
  const computable = changes > 0 && changes <= MAX_PREVIEWED_CHANGES;
  const preview = useQuery({ ...previewQuery(service, batch.id), enabled: computable });
  useEffect(() => {
    if (preview.data) onPreview(listMovements(preview.data));
    // The preview of another moment is remembered again; the callback alone is no reason.
  }, [preview.data]);

  if (changes === 0) return <p>{words.effectNone}</p>;
  if (!computable) {
    return (
      <StateMessage tone="caution">
        <p>{words.effectTooMany(number(changes))}</p>
      </StateMessage>
    );
  }
  if (preview.isPending) {
    return preview.failureReason && isBusy(preview.failureReason) ? (
      <BusyMessage key={preview.failureCount} seconds={secondsToWait(preview.failureReason)} />
    ) : (
      <>
        <p role="status">{words.effectComputing}</p>
        <Skeleton lines={4} />
      </>
    );
  }
  if (preview.isError) return <EffectError error={preview.error} onRetry={() => void preview.refetch()} />;
  const movements = listMovements(preview.data);
  return (
    <div className={styles.stack} aria-busy={preview.isFetching}>
      <div className={styles.bar}>
        <p className={styles.quiet}>{words.effectMoment(moment(preview.data.position.time))}</p>
        <Button onPress={() => void preview.refetch()} isDisabled={preview.isFetching}>
          {words.recompute}
        </Button>
      </div>
      {movements.length === 0 ? <p>{words.effectNone}</p> : <MovementTable movements={movements} />}
      <PlaceChanges answer={preview.data} />
    </div>
  );
}

function EffectError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const words = useWords(sendWords);
  const rule = error instanceof RefusedRequest ? error.problem.errors?.[0]?.rule : undefined;
  const known =
    error instanceof PreviewTooLargeError || (error instanceof RefusedRequest && error.problem.status === 413)
      ? words.effectTooLarge
      : rule === 'changes-forgotten'
        ? words.effectForgotten
        : undefined;
  if (known === undefined) return <ErrorMessage error={error} onRetry={onRetry} />;
  return (
    <StateMessage tone="caution">
      <p>{known}</p>
    </StateMessage>
  );
}

function BusyMessage({ seconds }: { seconds: number }) {
  const words = useWords(sendWords);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => Math.max(0, before - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <StateMessage>
      <p>{left > 0 ? words.effectBusy(left) : words.effectComputing}</p>
    </StateMessage>
  );
}
