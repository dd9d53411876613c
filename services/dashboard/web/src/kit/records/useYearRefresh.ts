import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { subscribeToYears } from '../live/liveStore';

const OF_YEARS: readonly unknown[] = ['year', 'year-history', 'reopened-years'];

/** Asks again for the years of the page when the stream says that a bureau or an operator has moved them. */
export function useYearRefresh(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      subscribeToYears((moved) => {
        void client.invalidateQueries({ queryKey: ['indicators', 'completeness'] });
        void client.invalidateQueries({
          predicate: ({ queryKey: [service, kind, province, year] }) =>
            OF_YEARS.includes(kind) &&
            (moved.length === 0 ||
              moved.some(
                (each) =>
                  each.service === service &&
                  each.province === province &&
                  (year === undefined || each.year === year),
              )),
        });
      }),
    [client],
  );
}
