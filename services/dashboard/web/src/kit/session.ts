import { queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { fetchJson } from './api';
import { RefusedRequest } from './problems';

/** What a person may do. */
export type Role = 'operator' | 'auditor' | 'privacy-officer' | 'bureau' | 'alliance';

/** The person who is signed in. */
export interface Session {
  name: string;
  /** Opaque name of the person; another one means that another person has signed in. */
  person: string;
  role: Role;
  /** Code of the province of a bureau. */
  province: string | null;
  /** Code of the alliance that the person reads for. */
  alliance: string | null;
}

/** null: no person is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await fetchJson<Session>('/session');
    } catch (error) {
      if (error instanceof RefusedRequest && error.problem.status === 401) return null;
      throw error;
    }
  },
});

/** The person whose page this is; the page outlives the session. */
export const SignedInContext = createContext<Session | undefined>(undefined);

/** The person who is signed in; the shell shows pages only to one. */
export function useSession(): Session {
  const session = useContext(SignedInContext);
  if (!session) throw new Error('no session');
  return session;
}

/** The address of the sign-in, which returns to the present page. */
export function signInAddress(): string {
  return `/sign-in?return=${encodeURIComponent(location.pathname + location.search)}`;
}

const SESSION_NEWS = 'voyage.session';

let isLeaving = false;

export async function signOut(): Promise<void> {
  isLeaving = true;
  const answer = await fetch('/sign-out', { method: 'POST', headers: { 'X-Voyage-Request': '1' } });
  new BroadcastChannel(SESSION_NEWS).postMessage('ended');
  // Some issuers end their own session only for the browser, which comes back from there.
  const { next } = answer.status === 200 ? ((await answer.json()) as { next: string }) : { next: '/' };
  location.assign(next);
}

/** Calls back when another tab of this browser has signed the person out; returns how to stop that. */
export function onSignOutElsewhere(notify: () => void): () => void {
  const news = new BroadcastChannel(SESSION_NEWS);
  news.onmessage = () => {
    if (!isLeaving) notify();
  };
  return () => news.close();
}
