import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import type { components } from '../../generated/indicators';
import { momentBefore, questionOfWhy, type WhyState } from '../../kit/figures/whyState';

type Schemas = components['schemas'];
export type Changes = Schemas['ChangesAnswer'];
export type Known = Schemas['KnownAnswer'];
export type Contribution = Schemas['Contribution'];
export type Evidence = Schemas['EvidenceAnswer'];
export type EvidenceItem = Schemas['EvidenceItem'];
export type Coverage = Schemas['CoverageAnswer'];

const PAGE_SIZE = 100;
/** How long "now" is one moment where the second moment is not given; a later look asks again. */
const NOW_MILLISECONDS = 60_000;

let lastNow = 0;

/** The present second, the same one for a minute, so that an answer is looked at twice without a second question. */
export function presentMoment(): number {
  if (Date.now() - lastNow > NOW_MILLISECONDS) lastNow = Math.floor(Date.now() / 1000) * 1000;
  return lastNow;
}

function addressOf(state: WhyState, part: string): string {
  return `/api/indicators/v1/indicators/${encodeURIComponent(state.code)}/${part}`;
}

/** Why the value moved. One such question at a time is answered; the next is sent again by itself until its turn. */
export function changesQuery(state: WhyState, now: number) {
  const query = questionOfWhy(state);
  query.set('from', state.from ?? momentBefore(state.to, now));
  if (state.to) query.set('to', state.to);
  const address = `${addressOf(state, 'changes')}?${query}`;
  return {
    address,
    ...queryOptions({
      queryKey: ['indicators', 'changes', address],
      queryFn: ({ signal }) => fetchJson<Changes>(address, { signal }),
    }),
  };
}

/** The records behind the value, page by page; all pages are of one moment. */
export function evidenceQuery(state: WhyState) {
  const query = questionOfWhy(state);
  if (state.to) query.set('asOf', state.to);
  query.set('limit', String(PAGE_SIZE));
  const address = `${addressOf(state, 'evidence')}?${query}`;
  return {
    address,
    ...infiniteQueryOptions({
      queryKey: ['indicators', 'evidence', address],
      queryFn: ({ pageParam, signal }) =>
        fetchJson<Evidence>(pageParam ? `${address}&cursor=${encodeURIComponent(pageParam)}` : address, {
          signal,
        }),
      initialPageParam: '',
      getNextPageParam: (last) => last.next ?? undefined,
    }),
  };
}

/** How complete the years up to that of the value are. */
export function coverageQuery(state: WhyState) {
  const query = new URLSearchParams();
  if (state.to) query.set('asOf', state.to);
  const year = Number(state.period?.match(/\d{4}$/)?.[0]);
  if (year) query.set('period', `${year - 4}..${year}`);
  const address = `${addressOf(state, 'coverage')}?${query}`;
  return queryOptions({
    queryKey: ['indicators', 'coverage', address],
    queryFn: ({ signal }) => fetchJson<Coverage>(address, { signal }),
  });
}
