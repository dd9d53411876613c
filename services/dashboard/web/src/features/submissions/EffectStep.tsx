import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useFormats } from '../../kit/formats';
import { RefusedRequest } from '../../kit/problems';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { changedRows, MAX_PREVIEWED_CHANGES, type Batch } from './batch';
import { listMovements, type FigureMovement } from '../../kit/figures/preview';
import { PreviewedEffect } from '../../kit/figures/PreviewedEffect';
import type { RecordService } from '../../kit/records/recordDictionary';
import { PreviewTooLargeError, previewQuery } from './usePreview';
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
  const { number } = useFormats();
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
  return (
    <PreviewedEffect preview={preview} none={words.effectNone} explain={(error) => explain(error, words)} />
  );
}

/** Why the effect of a file cannot be computed, where that is known. */
function explain(error: unknown, words: { effectTooLarge: string; effectForgotten: string }) {
  const rule = error instanceof RefusedRequest ? error.problem.errors?.[0]?.rule : undefined;
  if (
    error instanceof PreviewTooLargeError ||
    (error instanceof RefusedRequest && error.problem.status === 413)
  ) {
    return <p>{words.effectTooLarge}</p>;
  }
  return rule === 'changes-forgotten' ? <p>{words.effectForgotten}</p> : undefined;
}
