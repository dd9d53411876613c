import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '../../kit/Button';
import { useFormats } from '../../kit/formats';
import { ProblemMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { Progress } from './Progress';
import { formatProgress, formatSize } from './sizes';
import type { Sending } from './useSending';
import { words as sendWords } from './sendWords';

/** How far a file is on its way, or why it did not arrive; offers to send it again where that helps. */
export function SendingMessage({
  sending,
  total,
  onRetry,
}: {
  sending: Sending;
  total: number;
  onRetry: () => void;
}) {
  const words = useWords(sendWords);
  const { language } = useFormats();
  const size = (bytes: number) => formatSize(bytes, language);
  switch (sending.state) {
    case 'idle':
      return null;
    case 'hashing':
      return (
        <Progress share={sending.read / total}>
          {words.hashing(formatProgress(sending.read / total))}
        </Progress>
      );
    case 'uploading':
      return (
        <Progress share={sending.sent >= total ? null : sending.sent / total}>
          {sending.sent >= total
            ? words.uploadDone
            : words.uploading(formatProgress(sending.sent / total), size(sending.sent), size(total))}
        </Progress>
      );
    case 'broken':
      return (
        <StateMessage tone="caution" actions={<Button onPress={onRetry}>{words.retry}</Button>}>
          <p role="alert">{words.uploadBroken}</p>
        </StateMessage>
      );
    case 'unreadable':
      return (
        <StateMessage tone="caution">
          <p role="alert">{words.unreadable}</p>
        </StateMessage>
      );
    case 'different':
      return (
        <StateMessage tone="caution">
          <p role="alert">{words.fileDiffers}</p>
        </StateMessage>
      );
    case 'refused':
      return (
        <>
          <ProblemMessage problem={sending.refused.problem} onRetry={onRetry} />
          {sending.refused.retryAfterSeconds ? (
            <RetryCountdown seconds={sending.refused.retryAfterSeconds} onEnd={onRetry} />
          ) : null}
        </>
      );
  }
}

/** Counts down and then calls `onEnd` once. */
function RetryCountdown({ seconds, onEnd }: { seconds: number; onEnd: () => void }) {
  const words = useWords(sendWords);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => before - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (left === 0) end();
  }, [left]);
  return left > 0 ? <p>{words.retryIn(left)}</p> : null;
}
