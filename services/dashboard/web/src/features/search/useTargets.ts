import { useQueries, useQuery } from '@tanstack/react-query';
import { selectEntries } from '../../kit/routing/features';
import { menuEntries } from '../../kit/routing/menu';
import { fetchJson, indicators } from '../../kit/api';
import { useFormats } from '../../kit/formats';
import { useLanguage, useName, type Named } from '../../kit/language';
import { useReference } from '../../kit/reference';
import type { Role, Session } from '../../kit/session';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { RECORD_SERVICES, useServices, type RecordInfo } from '../../kit/records/recordDictionary';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import { findTargets, readRecordKey, type Target } from './findTargets';

/** Figures by which places are looked at, with the dimension that the place is a code of. */
const PLACES = [
  { figure: 'overseas-schools', dimension: 'hostCountry' },
  { figure: 'inbound-students', dimension: 'nationality' },
  { figure: 'cooperation-partners', dimension: 'partnerCountry' },
] as const;
const RECORD_READERS: readonly Role[] = ['bureau', 'operator', 'auditor'];
const SHORTEST_TEXT = 2;
const SHOWN_SUBMISSIONS = 8;
const RECENT_SUBMISSIONS = 100;

/** What the reader can go to: pages, figures, provinces and countries. */
export function useTargets(session: Session): Target[] {
  const language = useLanguage();
  const figures = useQuery({ ...indicators.read('/v1/indicators'), staleTime: 300_000 });
  const countries = Object.entries(useReference()?.codes['countries'] ?? {});
  const provinces = useReportingProvinces();
  const shortNames = useProvinceNames();
  const both = (name: Named) => `${name.zh} ${name.en}`;
  const figureName = (code: string) =>
    figures.data?.items.find((figure) => figure.code === code)?.name[language] ?? code;
  const entries = selectEntries(menuEntries(), session.role);
  const pages = entries.map(
    (entry): Target => ({
      id: entry.path,
      kind: 'page',
      name: entry.name[language],
      also: both(entry.name),
      chinese: entry.name.zh,
      path: entry.path,
    }),
  );
  const ofFigures = (figures.data?.items ?? []).map(
    (figure): Target => ({
      id: figure.code,
      kind: 'figure',
      name: figure.name[language],
      also: `${both(figure.name)} ${figure.code}`,
      chinese: figure.name.zh,
      path: `/explore/${figure.code}`,
    }),
  );
  const ofProvinces = [...provinces].flatMap(([code, name]): Target[] => {
    const also = `${both(name)} ${code}`;
    const figure: Target = {
      id: `province|${code}`,
      kind: 'place',
      name: `${name[language]} · ${figureName(PLACES[0].figure)}`,
      also,
      chinese: name.zh,
      path: `/explore/${PLACES[0].figure}`,
      search: { province: code },
    };
    if (!RECORD_READERS.includes(session.role)) return [figure];
    const page = `/bureaus/${code}`;
    return [{ id: page, kind: 'place', name: shortNames(code), also, chinese: name.zh, path: page }, figure];
  });
  const ofCountries = PLACES.flatMap(({ figure, dimension }) =>
    countries.map(
      ([code, name]): Target => ({
        id: `${dimension}|${code}`,
        kind: 'place',
        name: `${name[language]} · ${figureName(figure)}`,
        also: `${both(name)} ${code}`,
        chinese: name.zh,
        path: `/explore/${figure}`,
        search: { [dimension]: code },
      }),
    ),
  );
  return [...pages, ...ofProvinces, ...ofFigures, ...ofCountries];
}

interface FoundRecord {
  province: string;
  sourceId: string;
  fields: Record<string, unknown>;
}

/** Records that have exactly this key, with the code of the province before it; each service is asked for each of its records. */
export function useRecordTargets(session: Session, text: string): { targets: Target[]; isPending: boolean } {
  const language = useLanguage();
  const provinceName = useProvinceNames();
  const key = readRecordKey(text);
  const services = useServices();
  const kinds =
    key && RECORD_READERS.includes(session.role)
      ? services.flatMap((service) => service.data?.records ?? [])
      : [];
  const found = useQueries({
    queries: kinds.map((kind) => ({
      queryKey: ['search', kind.collection, key],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchJson<FoundRecord>(
          `/api/${kind.service}/v1/${kind.collection}/${key!.province}/${encodeURIComponent(key!.sourceId)}`,
          { signal },
        ),
      retry: false,
      staleTime: 30_000,
    })),
  });
  const targetOf = (kind: RecordInfo, { province, sourceId, fields }: FoundRecord): Target => ({
    id: `${kind.record}|${province}|${sourceId}`,
    kind: 'record',
    name: String(fields.name ?? fields.title ?? sourceId),
    also: sourceId,
    detail: `${kind.name[language]} · ${provinceName(province)} · ${sourceId}`,
    path: `/records/${kind.record}/${province}/${encodeURIComponent(sourceId)}`,
  });
  return {
    targets: kinds.flatMap((kind, at) => {
      const record = found[at]?.data;
      return record ? [targetOf(kind, record)] : [];
    }),
    isPending: found.some((each) => each.isFetching),
  };
}

interface Submission {
  id: string;
  province: string;
  record: string;
  fileName?: string | null;
  startedAt: string;
}

/** The newest submissions by the names of their files, records and provinces. */
export function useSubmissionTargets(session: Session, text: string): Target[] {
  const name = useName();
  const { moment } = useFormats();
  const provinceName = useProvinceNames();
  const kinds = useServices().flatMap((service) => service.data?.records ?? []);
  const isWanted = RECORD_READERS.includes(session.role) && [...text.trim()].length >= SHORTEST_TEXT;
  const lists = useQueries({
    queries: RECORD_SERVICES.map((service) => ({
      queryKey: ['search', 'batches', service],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchJson<{ items: Submission[] }>(`/api/${service}/v1/batches?limit=${RECENT_SUBMISSIONS}`, {
          signal,
        }),
      enabled: isWanted,
      retry: false,
      staleTime: 60_000,
    })),
  });
  if (!isWanted) return [];
  const targets = lists.flatMap(({ data }, at) =>
    (data?.items ?? []).map((batch): Target => {
      const kind = kinds.find((each) => each.record === batch.record);
      const kindName = kind ? name(kind.name) : batch.record;
      return {
        id: `submission|${batch.id}`,
        kind: 'submission',
        name: batch.fileName ?? kindName,
        also: `${kindName} ${provinceName(batch.province)} ${batch.id}`,
        detail: `${kindName} · ${provinceName(batch.province)} · ${moment(batch.startedAt)}`,
        path: `/submissions/${RECORD_SERVICES[at]}/${batch.id}`,
      };
    }),
  );
  return findTargets(targets, text).slice(0, SHOWN_SUBMISSIONS);
}
