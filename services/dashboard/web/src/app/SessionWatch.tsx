import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { wakeLive } from '../kit/live/liveStore';
import { useLivePart } from '../kit/live/useLive';
import { onSignOutElsewhere, sessionQuery, signInAddress, type Session } from '../kit/session';
import { useWords } from '../kit/words';
import styles from './Shell.module.css';
import { words as appWords } from './words';

const LOOK_MILLISECONDS = 2_000;

interface SessionWatchProps {
  /** The person whose page this is. */
  signedIn: Session;
  /** The session as the server last said; null: none. */
  now: Session | null | undefined;
}

/** Notices the end of a session, covers the page and waits for the next sign-in in another tab. */
export function SessionWatch({ signedIn, now }: SessionWatchProps) {
  const queries = useQueryClient();
  const state = useLivePart((picture) => picture.status.state);
  const isOver = now === null;
  const isOther = !!now && JSON.stringify(now) !== JSON.stringify(signedIn);
  const ask = () => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  useEffect(() => onSignOutElsewhere(ask), []);
  useEffect(() => {
    if (state !== 'refused') return;
    // The stream may have been refused for a page of another person.
    const asked = queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    asked.then((session) => session?.person === signedIn.person && wakeLive()).catch(() => undefined);
  }, [state]);
  useEffect(() => {
    if (isOther) location.reload();
  }, [isOther]);
  return isOver ? <SessionOver /> : null;
}

function SessionOver() {
  const words = useWords(appWords);
  const queries = useQueryClient();
  useQuery({ ...sessionQuery, refetchInterval: LOOK_MILLISECONDS, refetchIntervalInBackground: false });
  useEffect(
    () => () => {
      // The next person is here: all that was refused meanwhile is asked again.
      wakeLive();
      void queries.invalidateQueries();
    },
    [],
  );
  return (
    <ModalOverlay isOpen isKeyboardDismissDisabled className={styles.cover!}>
      <Modal>
        <Dialog role="alertdialog" className={styles.alone!}>
          <Heading slot="title">{words.sessionOver}</Heading>
          <p>{words.sessionOverLead}</p>
          <a href={signInAddress()} target="_blank" rel="noopener">
            {words.signInAgain}
          </a>
          <p className={styles.quiet}>{words.signInAgainHint}</p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
