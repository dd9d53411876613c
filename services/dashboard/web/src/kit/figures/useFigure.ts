import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { fetchJson, indicators } from '../api';
import type { Answer } from './answer';
import { addressOfValues, type Question } from './question';

/** Additions to the question of a page: the whole, where something is split, and shares of it. */
export function extrasOf(question: Question, shares: boolean | undefined): Record<string, string> {
  const split = question.by.some((name) => name !== 'year');
  return { ...(split ? { totals: 'true' } : {}), ...(split && shares ? { shares: 'true' } : {}) };
}

/** The values that answer a question, with the whole of each period; the last answer stays until the new one is there. */
export function valuesQuery(question: Question, shares = false) {
  const address = addressOfValues(question, extrasOf(question, shares));
  return queryOptions({
    queryKey: ['indicators', 'values', address],
    queryFn: ({ signal }) => fetchJson<Answer>(address, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The definition of a figure, out of all of them, which are asked for once. */
export function useDefinition(code: string) {
  return useQuery({
    ...indicators.read('/v1/indicators'),
    staleTime: 300_000,
    select: (answer) => answer.items.find((figure) => figure.code === code),
  });
}

/** All figures. */
export function useDefinitions() {
  return useQuery({ ...indicators.read('/v1/indicators'), staleTime: 300_000 });
}

/** Whether the rows of an answer add up to its wholes, so that shares and "others" say something true. */
export function addsUp(answer: Answer): boolean {
  if (!answer.totals || answer.by.every((name) => name === 'year')) return false;
  const sums = new Map<number | undefined, number>();
  for (const line of [...answer.items, ...(answer.others ?? [])]) {
    sums.set(line.year, (sums.get(line.year) ?? 0) + (line.value ?? 0));
  }
  const wholes = answer.totals.filter((line) => line.value !== null);
  return wholes.length > 0 && wholes.every((line) => (sums.get(line.year) ?? 0) === line.value);
}
