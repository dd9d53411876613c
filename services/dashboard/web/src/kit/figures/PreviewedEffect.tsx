import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { Button } from '../Button';
import { useFormats } from '../formats';
import { ErrorMessage, Skeleton, StateMessage } from '../StateMessage';
import { useWords } from '../words';
import styles from './figures.module.css';
import { MovementTable } from './MovementTable';
import { PlaceChanges } from './PlaceChanges';
import { isBusy, listMovements, secondsToWait, type PreviewAnswer } from './preview';
import { previewWords } from './previewWords';

/** What a preview says of the figures and places, with its moment; while it is made, why it waits. */
export function PreviewedEffect({
  preview,
  none,
  explain,
}: {
  preview: UseQueryResult<PreviewAnswer, Error>;
  /** What is said where no figure moves. */
  none: string;
  /** What an error means here; undefined where its own text is enough. */
  explain?: (error: unknown) => ReactNode | undefined;
}) {
  const words = useWords(previewWords);
  const { moment } = useFormats();
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
  if (preview.isError) {
    const known = explain?.(preview.error);
    return known === undefined ? (
      <ErrorMessage error={preview.error} onRetry={() => void preview.refetch()} />
    ) : (
      <StateMessage tone="caution">{known}</StateMessage>
    );
  }
  const movements = listMovements(preview.data);
  return (
    <div className={styles.stack} aria-busy={preview.isFetching}>
      <div className={styles.bar}>
        <p className={styles.quiet}>{words.effectMoment(moment(preview.data.position.time))}</p>
        <Button onPress={() => void preview.refetch()} isDisabled={preview.isFetching}>
          {words.recompute}
        </Button>
      </div>
      {movements.length === 0 ? <p>{none}</p> : <MovementTable movements={movements} />}
      <PlaceChanges answer={preview.data} />
    </div>
  );
}

function BusyMessage({ seconds }: { seconds: number }) {
  const words = useWords(previewWords);
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
