import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import type { NamedChoice } from '../../kit/PickList';
import { useRecordInfo } from '../../kit/records/recordDictionary';
import type { RecordVersion } from './versions';

const SHOWN_CHOICES = 20;
const SHORTEST_TEXT = 2;

/** Records of a province as choices, by a part of their names or keys; the first ones as long as nothing is typed. */
export function useRecordChoices(record: string, province: string, typed: string): NamedChoice[] {
  const { info } = useRecordInfo(record);
  const sought = [...typed.trim()].length < SHORTEST_TEXT ? '' : typed.trim();
  const found = useQuery({
    queryKey: ['record-choices', record, sought],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ limit: String(SHOWN_CHOICES), ...(sought ? { q: sought } : {}) });
      const { items } = await fetchJson<{ items: RecordVersion[] }>(
        `/api/${info!.service}/v1/${info!.collection}?${query}`,
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
    placeholderData: (before) => before,
  });
  return found.data ?? [];
}
