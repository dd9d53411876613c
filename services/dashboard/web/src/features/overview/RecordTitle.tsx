import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import { PathLink } from '../../kit/PathLink';
import { useSession } from '../../kit/session';
import { useWords } from '../../kit/words';
import { useReferenceNames, YEAR_CLOSE } from '../../kit/figures/useReferenceNames';
import { isShownByKeyOnly, placeRecord } from '../../kit/records/recordPlace';
import { useRecordInfo } from '../../kit/records/recordDictionary';
import { words as overviewWords } from './words';

interface RecordTitleProps {
  record: string;
  province: string;
  sourceId: string;
  /** How many records of this kind there were; one is named. */
  count: number;
}

/** The kind and the name of a record; what is about a person is shown by its key only. */
export function RecordTitle({ record, province, sourceId, count }: RecordTitleProps) {
  const words = useWords(overviewWords);
  const names = useReferenceNames();
  const { info } = useRecordInfo(record);
  const { role } = useSession();
  const place =
    record === YEAR_CLOSE
      ? { path: `/bureaus/${province}`, search: {} }
      : placeRecord(record, province, sourceId, info, role);
  const isNamed = count === 1 && info !== undefined && !isShownByKeyOnly(record);
  const title = useQuery({
    queryKey: ['title', record, province, sourceId],
    queryFn: async () => {
      const found = await fetchJson<{ fields: { name?: string; title?: string } }>(
        `/api/${info!.service}/v1/${info!.collection}/${province}/${encodeURIComponent(sourceId)}`,
      );
      return found.fields.name ?? found.fields.title ?? sourceId;
    },
    enabled: isNamed,
    staleTime: Infinity,
    retry: false,
  });
  const kind = names.record(record);
  if (count !== 1) return <>{words.records(count, kind)}</>;
  return (
    <>
      {kind} {place ? <PathLink {...place}>{title.data ?? sourceId}</PathLink> : sourceId}
    </>
  );
}
