import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '../kit/Button';
import { formatMoment } from '../kit/formats';
import { useName } from '../kit/language';
import { beginLive } from '../kit/live/liveStore';
import { sessionQuery, signInAddress, SignedInContext, type Session } from '../kit/session';
import { ErrorMessage, Skeleton, StateMessage } from '../kit/StateMessage';
import { useWords } from '../kit/words';
import { selectEntries } from '../kit/routing/features';
import { menuEntries } from '../kit/routing/menu';
import { PageHead } from './PageHead';
import { changeMoment } from './pinnedAddress';
import { PrintHead } from './PrintHead';
import { watchesFigures } from '../kit/proofs';
import { SessionWatch } from './SessionWatch';
import styles from './Shell.module.css';
import { StreamBars } from './StreamBars';
import { useMoment } from './useMoment';
import { words as appWords } from './words';

const WhyDrawer = lazy(async () => ({ default: (await import('../features/why/WhyDrawer')).WhyDrawer }));

/** What is around every page: its head, the menu and the bars that concern all pages. */
export function Shell() {
  const session = useQuery(sessionQuery);
  // What a person has typed outlives the session: the page stays, under a dialog that asks to sign in again.
  const [signedIn, setSignedIn] = useState<Session>();
  if (session.data && !signedIn) setSignedIn(session.data);
  if (signedIn) {
    return (
      <SignedInContext value={signedIn}>
        <SignedIn session={signedIn} />
        <SessionWatch signedIn={signedIn} now={session.data} />
      </SignedInContext>
    );
  }
  if (session.data === null) return <SignedOut />;
  return (
    <main className={styles.alone}>
      {session.isError ? (
        <ErrorMessage error={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <Skeleton />
      )}
    </main>
  );
}

function SignedOut() {
  const words = useWords(appWords);
  return (
    <main className={styles.alone}>
      <h1>{words.voyage}</h1>
      <p>{words.signInLead}</p>
      <Button kind="primary" onPress={() => location.assign(signInAddress())}>
        {words.signIn}
      </Button>
    </main>
  );
}

function SignedIn({ session }: { session: Session }) {
  const words = useWords(appWords);
  const { kiosk, why } = useSearch({ strict: false }) as { kiosk?: true; why?: string };
  const { path, moment, canShow } = useMoment();
  const watched = watchesFigures(session);
  const first = selectEntries(menuEntries(), session.role)[0]?.path ?? '/';
  useEffect(() => {
    if (watched) beginLive(session.person);
  }, [watched, session.person]);
  return (
    <div className={styles.shell} data-kiosk={kiosk} data-as-of={moment && canShow ? '' : undefined}>
      <a className={styles.skip} href="#content">
        {words.skip}
      </a>
      <PageHead session={session} kiosk={kiosk === true} />
      {kiosk ? null : <Menu session={session} />}
      <main id="content" className={styles.content} tabIndex={-1}>
        <PrintHead />
        {watched ? <StreamBars session={session} /> : null}
        {moment ? <MomentBar {...{ moment, path, canShow }} /> : null}
        <Suspense fallback={<Skeleton lines={8} />}>
          {path === '/' && first !== '/' ? <Navigate to={first as '/'} replace /> : <Outlet />}
        </Suspense>
        <Suspense>{why ? <WhyDrawer /> : null}</Suspense>
      </main>
    </div>
  );
}

/** The past moment that the page shows; a page that has present data only says so. */
function MomentBar({ moment, path, canShow }: { moment: string; path: string; canShow: boolean }) {
  const words = useWords(appWords);
  const written = Number.isNaN(Date.parse(moment)) ? moment : formatMoment(moment);
  return (
    <StateMessage tone={canShow ? 'as-of' : 'caution'}>
      <p>
        {canShow ? words.asOf(written) : words.notAsOf(written)} ·{' '}
        <Link to="." search={(search) => ({ ...search, ...changeMoment(path, undefined) })}>
          {words.backToNow}
        </Link>
      </p>
    </StateMessage>
  );
}

function Menu({ session }: { session: Session }) {
  const words = useWords(appWords);
  const name = useName();
  return (
    <nav className={styles.menu} aria-label={words.menu}>
      <ul>
        {selectEntries(menuEntries(), session.role).map((entry) => (
          <li key={entry.path}>
            <Link to={entry.path as '/'} activeOptions={{ exact: entry.path === '/', includeSearch: false }}>
              {name(entry.name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
