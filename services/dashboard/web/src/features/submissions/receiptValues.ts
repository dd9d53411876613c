import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import { RefusedRequest } from '../../kit/problems';
import type { FigureMovement } from '../../kit/figures/preview';
import { isBusy, secondsToWait } from '../../kit/figures/preview';

const MOST_FIGURES = 50;
const MOST_TRIES = 20;
const ONE_YEAR = /^\d{4}$/;

interface FiguresAnswer {
  items: { indicator: { code: string }; items: { year: string; value: number | null }[] }[];
}

/** Figures of the preview that can be asked by year: those whose periods are single years. */
export function askableFigures(preview: readonly FigureMovement[]): string[] {
  return [...new Set(preview.filter((each) => ONE_YEAR.test(each.period)).map((each) => each.code))].slice(
    0,
    MOST_FIGURES,
  );
}

/** Values by `code|year` as of the receipt. The service waits until the write is counted. */
export function receiptValuesQuery(receipt: string, preview: readonly FigureMovement[]) {
  return queryOptions({
    queryKey: ['receipt-values', receipt],
    queryFn: async ({ signal }) => {
      const figures = askableFigures(preview);
      const years = preview
        .filter((each) => ONE_YEAR.test(each.period))
        .map((each) => each.period)
        .sort();
      if (figures.length === 0) return new Map<string, number | null>();
      const period = `${years[0]}..${years.at(-1)}`;
      const read = (codes: string[]) =>
        fetchJson<FiguresAnswer>(
          `/api/indicators/v1/values?figure=${codes.join(',')}&by=year&period=${period}&receipt=${encodeURIComponent(receipt)}`,
          { signal },
        );
      return indexValues(await readEach(figures, read));
    },
    retry: (failures, error) => failures < MOST_TRIES && isBusy(error),
    retryDelay: (_, error) => secondsToWait(error) * 1000,
    staleTime: Infinity,
  });
}

/** Asks for all figures at once, and for each by itself where one of them refuses the question. */
async function readEach(
  figures: string[],
  read: (codes: string[]) => Promise<FiguresAnswer>,
): Promise<FiguresAnswer[]> {
  try {
    return [await read(figures)];
  } catch (error) {
    if (!isQuestionRefused(error)) throw error;
  }
  const answers: FiguresAnswer[] = [];
  for (const figure of figures) {
    try {
      answers.push(await read([figure]));
    } catch (error) {
      if (!isQuestionRefused(error)) throw error;
    }
  }
  return answers;
}

function isQuestionRefused(error: unknown): boolean {
  return error instanceof RefusedRequest && (error.problem.status === 400 || error.problem.status === 422);
}

function indexValues(answers: readonly FiguresAnswer[]): Map<string, number | null> {
  return new Map(
    answers.flatMap((answer) =>
      answer.items.flatMap((figure) =>
        figure.items.map((value) => [`${figure.indicator.code}|${value.year}`, value.value] as const),
      ),
    ),
  );
}
