import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '../api';
import type { NamedChoice } from '../PickList';
import type { RecordService } from './recordDictionary';

/** As many codes as a service takes in one request. */
const MOST_CODES = 200;
const BATCH_MILLISECONDS = 10;

interface Waiting {
  code: string;
  resolve: (name: NamedChoice | null) => void;
  reject: (error: unknown) => void;
}

const waiting = new Map<RecordService, Waiting[]>();

/** Asks for the name of a college or major together with all others that a page asks for at the same time. */
function fetchName(service: RecordService, code: string): Promise<NamedChoice | null> {
  return new Promise((resolve, reject) => {
    const batch = waiting.get(service);
    if (batch && batch.length < MOST_CODES) {
      batch.push({ code, resolve, reject });
      return;
    }
    const begun = [{ code, resolve, reject }];
    waiting.set(service, begun);
    setTimeout(() => void answerAll(service, begun), BATCH_MILLISECONDS);
  });
}

async function answerAll(service: RecordService, batch: Waiting[]): Promise<void> {
  if (waiting.get(service) === batch) waiting.delete(service);
  try {
    const codes = batch.map(({ code }) => code).join(',');
    const { items } = await fetchJson<{ items: NamedChoice[] }>(
      `/api/${service}/v1/code-names?code=${encodeURIComponent(codes)}`,
    );
    batch.forEach(({ code, resolve }) => resolve(items.find((item) => item.code === code) ?? null));
  } catch (error) {
    batch.forEach(({ reject }) => reject(error));
  }
}

/** The name of a college or major as its service knows it; null where its list has no such code. */
export function useListedName(service: RecordService, code: string, wanted: boolean) {
  return useQuery({
    queryKey: ['code-name', service, code],
    queryFn: () => fetchName(service, code),
    enabled: wanted,
    staleTime: Infinity,
    retry: false,
  }).data;
}

/** Colleges and majors whose name or code has a text. */
export function useListedChoices(service: RecordService, text: string, wanted: boolean): NamedChoice[] {
  const sought = text.trim();
  return (
    useQuery({
      queryKey: ['code-names', service, sought],
      queryFn: ({ signal }) =>
        fetchJson<{ items: NamedChoice[] }>(`/api/${service}/v1/code-names?q=${encodeURIComponent(sought)}`, {
          signal,
        }),
      enabled: wanted && sought !== '',
      staleTime: 300_000,
      retry: false,
    }).data?.items ?? []
  );
}
