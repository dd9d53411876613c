import { useQueries, useQuery } from '@tanstack/react-query';
import { selectEntries } from '../../kit/routing/features';
import { menuEntries } from '../../kit/routing/menu';
import { indicators } from '../../kit/api';
import { useLanguage, type Named } from '../../kit/language';
import { useReference } from '../../kit/reference';
import type { Session } from '../../kit/session';
import { useServices } from '../../kit/records/recordDictionary';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import { readRecordKey, type Target } from './findTargets';

/** Figures by which places are looked at, with the dimension that the place is a code of. */
const PLACES = [
  { figure: 'overseas-schools', dimension: 'hostCountry' },
  { figure: 'inbound-students', dimension: 'nationality' },
  { figure: 'cooperation-partners', dimension: 'partnerCountry' },
] as const;

/** What the reader can go to: pages, figures, provinces and countries. */
export function useTargets(session: Session): Target[] {
  const language = useLanguage();
  const figures = useQuery({ ...indicators.read('/v1/indicators'), staleTime: 300_000 });
  const countries = Object.entries(useReference()?.codes['countries'] ?? {});
  const provinces = useReportingProvinces();
  const both = (name: Named) => `${name.zh} ${name.en}`;
  const figureName = (code: string) =>
    figures.data?.items.find((figure) => figure.code === code)?.name[language] ?? code;
  const pages = selectEntries(menuEntries(), session.role).map(
    (entry): Target => ({
      id: entry.path,
      kind: 'page',
      name: entry.name[language],
      also: both(entry.name),
      path: entry.path,
    }),
  );
  const ofFigures = (figures.data?.items ?? []).map(
    (figure): Target => ({
      id: figure.code,
      kind: 'figure',
      name: figure.name[language],
      also: `${both(figure.name)} ${figure.code}`,
      path: `/explore/${figure.code}`,
    }),
  );
  const ofProvinces = [...provinces].map(
    ([code, name]): Target => ({
      id: `province|${code}`,
      kind: 'place',
      name: `${name[language]} · ${figureName(PLACES[0].figure)}`,
      also: `${both(name)} ${code}`,
      path: `/explore/${PLACES[0].figure}`,
      search: { province: code },
    }),
  );
  const ofCountries = PLACES.flatMap(({ figure, dimension }) =>
    countries.map(
      ([code, name]): Target => ({
        id: `${dimension}|${code}`,
        kind: 'place',
        name: `${name[language]} · ${figureName(figure)}`,
        also: `${both(name)} ${code}`,
        path: `/explore/${figure}`,
        search: { [dimension]: code },
      }),
    ),
  );
  return [...pages, ...ofFigures, ...ofProvinces, ...ofCountries];
}

/** Records that have exactly this key; each service is asked for each of its records. */
export function useRecordTargets(text: string): Target[] {
  const language = useLanguage();
  const key = readRecordKey(text);
  const services = useServices();
  const kinds = key ? services.flatMap((service) => service.data?.records ?? []) : [];
  const found = useQueries({
    queries: kinds.map((kind) => ({
      queryKey: ['has', kind.collection, key],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const address = `/api/${kind.service}/v1/${kind.collection}/${key!.province}/${encodeURIComponent(key!.sourceId)}`;
        return (await fetch(address, { signal })).ok;
      },
      retry: false,
    })),
  });
  return kinds
    .filter((_, at) => found[at]?.data)
    .map((kind) => ({
      id: `${kind.record}|${text}`,
      kind: 'record',
      name: `${kind.name[language]} ${text.trim()}`,
      also: text,
      path: `/records/${kind.record}/${key!.province}/${encodeURIComponent(key!.sourceId)}`,
    }));
}
