import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLiveVersion } from '../live/useLive';

const PAUSE_MILLISECONDS = 2_000;

/** Asks for the values of a figure again when the stream says that it moved, at most every two seconds; never of a past moment. */
export function useLiveRefresh(code: string, asOf: string | undefined): void {
  const client = useQueryClient();
  const version = useLiveVersion(code);
  const seen = useRef(version);
  useEffect(() => {
    if (asOf || seen.current === version) return;
    const timer = setTimeout(() => {
      seen.current = version;
      void client.invalidateQueries({
        queryKey: ['indicators', 'values'],
        predicate: (query) => String(query.queryKey[2]).includes(`/${code}/`),
      });
    }, PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [client, code, asOf, version]);
}

/** How often values that no stream watches are asked for again; an unchanged answer is not sent. */
export const REFRESH_MILLISECONDS = 30_000;
