import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { fetchJson } from '../../kit/api';
import { useName } from '../../kit/language';
import { PageTitle, Stack } from '../../kit/Layout';
import { Answer, Skeleton, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { useRecordInfo } from '../../kit/records/recordDictionary';
import { RecordFields } from './RecordFields';
import { RecordFigures } from './RecordFigures';
import { VersionList } from './VersionList';
import { isShownByKeyOnly } from '../../kit/records/recordPlace';
import { versionsKnown, type RecordVersion } from './versions';
import { words } from './words';

/** One record, now or as known at a moment: what it says, every version of it with its sender, the rules that warned, and the figures that count it. */
export function RecordPage() {
  const text = useWords(words);
  const name = useName();
  const provinceName = useProvinceNames();
  const { record, province, sourceId } = useParams({ from: '/records/$record/$province/$sourceId' });
  const { asOf } = useSearch({ strict: false }) as { asOf?: string };
  const { info, loading } = useRecordInfo(record);
  const address = info
    ? `/api/${info.service}/v1/${info.collection}/${province}/${encodeURIComponent(sourceId)}/history`
    : '';
  const history = useQuery({
    queryKey: [info?.service, 'history', address],
    queryFn: ({ signal }) => fetchJson<{ items: RecordVersion[] }>(address, { signal }),
    enabled: info !== undefined,
  });
  if (!info) return loading ? <Skeleton lines={8} /> : <StateMessage>{text.missing}</StateMessage>;
  return (
    <Answer query={history} lines={8}>
      {({ items }) => {
        const versions = versionsKnown(items, asOf);
        const newest = versions[0];
        const ownName = isShownByKeyOnly(record) ? undefined : (newest?.fields.name ?? newest?.fields.title);
        return (
          <Stack>
            <PageTitle
              // Bureaus name records in Chinese, whatever the language of the page.
              title={ownName === undefined ? sourceId : <span lang="zh-Hans">{String(ownName)}</span>}
              lead={`${name(info.name)} · ${provinceName(province)} · ${text.key} ${sourceId}`}
            />
            {newest ? null : <StateMessage>{text.notYet}</StateMessage>}
            {newest?.withdrawn ? <StateMessage tone="caution">{text.withdrawn}</StateMessage> : null}
            {isShownByKeyOnly(record) ? (
              <StateMessage>{text.keyOnly}</StateMessage>
            ) : newest ? (
              <RecordFields info={info} version={newest} title={asOf ? text.contentThen : text.newest} />
            ) : null}
            {newest ? <VersionList info={info} versions={versions} /> : null}
            <RecordFigures record={info.record} service={info.service} />
          </Stack>
        );
      }}
    </Answer>
  );
}
