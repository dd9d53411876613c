import { queryOptions, useQuery } from '@tanstack/react-query';
import { fetchJson } from './api';
import { RefusedRequest } from './problems';

/** What a person may do. */
export type Role = 'operator' | 'auditor' | 'privacy-officer' | 'bureau' | 'alliance';

/** The person who is signed in. */
export interface Session {
  name: string;
  role: Role;
  /** Code of the province of a bureau. */
  province: string | null;
  /** Code of the alliance that the person reads for. */
  alliance: string | null;
}

/** null: nobody is signed in. */
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

/** The person who is signed in; the shell shows pages only to one. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('no session');
  return data;
}

/** Leads to the sign-in, which returns to the present address. */
export function signIn(): void {
  const here = location.pathname + location.search;
  location.assign(`/sign-in?return=${encodeURIComponent(here)}`);
}

export async function signOut(): Promise<void> {
  await fetch('/sign-out', { method: 'POST', headers: { 'X-Voyage-Request': '1' } });
  location.assign('/');
}
