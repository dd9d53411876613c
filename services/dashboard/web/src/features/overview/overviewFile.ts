import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import type { Named } from '../../kit/language';

/** Which figures the overview shows: a file that operators may replace. */
export interface OverviewFile {
  groups: { name: Named; figures: string[] }[];
  /** The figure of the province grid, unless the reader chooses another. */
  grid: string;
}

export const overviewFileQuery = queryOptions({
  queryKey: ['overview.json'],
  staleTime: 300_000,
  queryFn: () => fetchJson<OverviewFile>('/overview.json'),
});
