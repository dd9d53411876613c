import { useQuery } from '@tanstack/react-query';
import { formatTime, useFormats } from '../kit/formats';
import type { LiveStatus } from '../kit/live/messages';
import { PathLink } from '../kit/PathLink';
import { useLivePicture } from '../kit/live/useLive';
import type { Session } from '../kit/session';
import { useWords } from '../kit/words';
import { newestVerdictQuery, readsProofs, watchesFigures } from '../kit/proofs';
import styles from './Shell.module.css';
import { words as appWords } from './words';

/** Whether figures reach the page, up to when, and whether the last recomputation found them right. */
export function LiveLamp({ session }: { session: Session }) {
  const words = useWords(appWords);
  const { status, paused } = useLivePicture();
  const state = paused ? 'paused' : status.state;
  const texts = {
    live: words.live,
    connecting: words.connecting,
    silent: words.silent,
    refused: words.refused,
    paused: words.paused,
  };
  return (
    <p className={styles.lampLine}>
      <span className={styles.lamp} data-state={state} aria-hidden="true" />
      <strong>{texts[state]}</strong>
      <span className={styles.lampDetail}>
        {state === 'live' ? <AsOf status={status} /> : null}
        {watchesFigures(session) ? <LastProof session={session} /> : null}
      </span>
    </p>
  );
}

function AsOf({ status }: { status: LiveStatus }) {
  const words = useWords(appWords);
  const time = formatTime(status.lagSeconds === null ? status.heardAt : status.asOf);
  return (
    <span>
      {words.asOfTime(time)}
      {status.lagSeconds === null
        ? ''
        : status.lagSeconds < 1
          ? words.allCounted
          : words.behind(Math.round(status.lagSeconds))}
    </span>
  );
}

function LastProof({ session }: { session: Session }) {
  const words = useWords(appWords);
  const formats = useFormats();
  const { data: last } = useQuery(newestVerdictQuery);
  if (!last?.verdict) return null;
  const time = formats.moment(last.finishedAt);
  const text = last.verdict === 'proved' ? `✓ ${words.proved(time)}` : words.differs(time);
  return readsProofs(session) ? <PathLink path="/health">{text}</PathLink> : <span>{text}</span>;
}
