import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { fetchJson } from '../../kit/api';
import { useName } from '../../kit/language';
import { PageTitle, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { useSession } from '../../kit/session';
import { Answer, Skeleton, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { useRecordInfo } from '../../kit/records/recordDictionary';
import { ChildRecords } from './ChildRecords';
import { RecordActions } from './RecordActions';
import { RecordFields } from './RecordFields';
import { RecordFigures } from './RecordFigures';
import { VersionList } from './VersionList';
import { isOfPersons } from './persons';
import { versionsKnown, type RecordVersion } from './versions';
import { words } from './words';

/** One record, now or as known at a moment: what it says, what belongs to it, the rules that warned, what it gives to figures, and every version with its sender. */
export function RecordPage() {
  const text = useWords(words);
  const name = useName();
  const provinceName = useProvinceNames();
  const session = useSession();
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
        const ownName = newest?.fields.name ?? newest?.fields.title;
        return (
          <Stack>
            <PageTitle
              // Bureaus name records in Chinese, whatever the language of the page.
              title={ownName === undefined ? sourceId : <span lang="zh-Hans">{String(ownName)}</span>}
              lead={`${name(info.name)} · ${provinceName(province)} · ${text.key} ${sourceId}`}
              actions={
                newest && !asOf && session.role === 'bureau' && session.province === province ? (
                  <RecordActions info={info} version={newest} />
                ) : undefined
              }
            />
            {newest ? null : <StateMessage>{text.notYet}</StateMessage>}
            {newest?.withdrawn ? <StateMessage tone="caution">{text.withdrawn}</StateMessage> : null}
            {newest ? (
              <>
                <RecordFields info={info} version={newest} title={asOf ? text.contentThen : text.newest} />
                {isOfPersons(info.record) ? <p>{text.personal}</p> : null}
                {asOf || newest.withdrawn ? null : <RecordFigures info={info} version={newest} />}
                <ChildRecords info={info} province={province} sourceId={sourceId} />
                <Panel title={text.versions}>
                  <VersionList info={info} versions={versions} />
                </Panel>
              </>
            ) : null}
          </Stack>
        );
      }}
    </Answer>
  );
}
