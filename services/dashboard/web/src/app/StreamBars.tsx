import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { formatTime, useFormats } from '../kit/formats';
import { useLivePart, useLivePicture } from '../kit/live/useLive';
import { PathLink } from '../kit/PathLink';
import type { Session } from '../kit/session';
import { StateMessage } from '../kit/StateMessage';
import { useWords } from '../kit/words';
import { newestVerdictQuery, readsProofs, watchesFigures } from '../kit/proofs';
import { words as appWords } from './words';

const RECOVERY_SHOWN_MILLISECONDS = 10_000;
/** A page that is opened later does not report an old break. */
const RECENT_MILLISECONDS = 60_000;
const SHORT_BREAK_MILLISECONDS = 5_000;

/** Bars of every page: a failed recomputation, a silent stream, and what a break has cost. */
export function StreamBars({ session }: { session: Session }) {
  return (
    <>
      {watchesFigures(session) ? <AlarmBar session={session} /> : null}
      <SilenceBar />
      <RecoveryBar />
    </>
  );
}

function AlarmBar({ session }: { session: Session }) {
  const words = useWords(appWords);
  const formats = useFormats();
  const { data } = useQuery(newestVerdictQuery);
  if (data?.verdict !== 'differs') return null;
  return (
    <StateMessage tone="alarm">
      <p>
        <strong>{words.alarm(formats.number(data.differences), formats.moment(data.finishedAt))}</strong>{' '}
        {readsProofs(session) ? <PathLink path="/health">{words.look}</PathLink> : null}
      </p>
    </StateMessage>
  );
}

function SilenceBar() {
  const words = useWords(appWords);
  const heardAt = useLivePart(({ status }) => (status.state === 'silent' ? status.heardAt : undefined));
  if (heardAt === undefined) return null;
  return (
    <StateMessage tone="caution">
      <p>{heardAt === null ? words.neverHeard : words.silentSince(formatTime(heardAt))}</p>
    </StateMessage>
  );
}

function RecoveryBar() {
  const words = useWords(appWords);
  const { recovery } = useLivePicture().status;
  const [shownUntil, setShownUntil] = useState(0);
  const until = recovery?.until ?? 0;
  useEffect(() => {
    if (Date.now() - until > RECENT_MILLISECONDS) return undefined;
    setShownUntil(until);
    const timer = setTimeout(() => setShownUntil(0), RECOVERY_SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [until]);
  if (!recovery || shownUntil !== until) return null;
  if (recovery.missed === 0 && recovery.until - recovery.since < SHORT_BREAK_MILLISECONDS) return null;
  return (
    <StateMessage>
      <p role="status">
        {words.recovered(formatTime(recovery.since), formatTime(recovery.until), recovery.missed)}{' '}
        <PathLink path="/changes" search={{ from: new Date(recovery.since).toISOString() }}>
          {words.look}
        </PathLink>
      </p>
    </StateMessage>
  );
}
