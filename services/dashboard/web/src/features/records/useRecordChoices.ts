import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import type { NamedChoice } from '../../kit/PickList';
import { useRecordInfo } from '../../kit/records/recordDictionary';
import type { RecordVersion } from './versions';

/** As many as a list gives at once. */
const MOST_CHOICES = 1000;

/** Records of a province as choices, by their names. */
export function useRecordChoices(record: string, province: string): NamedChoice[] {
  const { info } = useRecordInfo(record);
  const found = useQuery({
    queryKey: ['record-choices', record, province],
    queryFn: async ({ signal }) => {
      const { items } = await fetchJson<{ items: RecordVersion[] }>(
        `/api/${info!.service}/v1/${info!.collection}?limit=${MOST_CHOICES}`,
        { signal },
      );
      return items
        .filter((each) => each.province === province)
        .map(({ sourceId, fields }) => {
          const name = String(fields.name ?? fields.title ?? sourceId);
          return { code: sourceId, zh: name, en: String(fields.nameEn ?? fields.titleEn ?? name) };
        });
    },
    enabled: info !== undefined,
    staleTime: 60_000,
  });
  return found.data ?? [];
}
