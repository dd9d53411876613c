import { useQueries, useQuery } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import type { Named } from '../../kit/language';

interface LabelledAnswer {
  labels: Record<string, Record<string, Named>>;
}

/** A figure split by a dimension; the answer names the codes of the dimension. */
export interface Split {
  figure: string;
  dimension: string;
}

/** Names of codes by `dimension|code`, as the figures name them; codes of which nothing is counted have none. */
export function useCodeNames(splits: readonly Split[]): ReadonlyMap<string, Named> {
  const answers = useQueries({
    queries: splits.map(({ figure, dimension }) => ({
      queryKey: ['indicators', 'labels', figure, dimension],
      queryFn: () =>
        fetchJson<LabelledAnswer>(`/api/indicators/v1/indicators/${figure}/values?by=${dimension},year`),
      staleTime: Infinity,
    })),
  });
  return new Map(
    answers.flatMap((answer) =>
      Object.entries(answer.data?.labels ?? {}).flatMap(([dimension, names]) =>
        Object.entries(names).map(([code, name]) => [`${dimension}|${code}`, name] as const),
      ),
    ),
  );
}

/** Names of the provinces that the reader may see, by code. */
export function useProvinceNames(): ReadonlyMap<string, Named> {
  const answer = useQuery({
    queryKey: ['indicators', 'province-names'],
    queryFn: async () => {
      const response = await fetch('/api/indicators/v1/completeness?format=csv');
      return response.ok ? readProvinceNames(await response.text()) : new Map<string, Named>();
    },
    staleTime: Infinity,
  });
  return answer.data ?? NO_NAMES;
}

const NO_NAMES: ReadonlyMap<string, Named> = new Map();

/** Reads the columns `province`, `provinceZh` and `provinceEn` of the list of senders. */
export function readProvinceNames(csv: string): Map<string, Named> {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const heads = splitLine(lines[0] ?? '');
  const [code, zh, en] = ['province', 'provinceZh', 'provinceEn'].map((head) => heads.indexOf(head));
  const names = new Map<string, Named>();
  for (const line of lines.slice(1)) {
    const cells = splitLine(line);
    if (cells[code!] && cells[zh!]) {
      names.set(cells[code!]!, { zh: cells[zh!]!, en: cells[en!] ?? cells[zh!]! });
    }
  }
  return names;
}

/** Cells of one line; a quoted cell may hold commas and doubled quotes, but no line breaks. */
function splitLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'),
  );
}
