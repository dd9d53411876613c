import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { RECORD_FORMS } from '../../generated/records';
import { fetchJson } from '../../kit/api';
import { useName } from '../../kit/language';
import { PageTitle, Stack } from '../../kit/Layout';
import { PathLink } from '../../kit/PathLink';
import { useSession } from '../../kit/session';
import { Answer, Skeleton, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { useRecordInfo } from '../../kit/records/recordDictionary';
import { formWords } from './formWords';
import { RecordEditor } from './RecordEditor';
import type { RecordVersion } from './versions';
import { words } from './words';

/** Corrects a record of the bureau's own province, or restores a withdrawn one. */
export function EditRecordPage() {
  const text = useWords(formWords);
  const recordWords = useWords(words);
  const name = useName();
  const provinceName = useProvinceNames();
  const session = useSession();
  const navigate = useNavigate();
  const { record, province, sourceId } = useParams({ from: '/records/$record/$province/$sourceId/edit' });
  const { info, loading } = useRecordInfo(record);
  const form = RECORD_FORMS[record];
  const path = `/records/${record}/${province}/${encodeURIComponent(sourceId)}`;
  const history = useQuery({
    // Not that of the page of the record: it is read when the form begins, and stays as it is while one writes.
    queryKey: ['edited', info?.service, record, province, sourceId],
    queryFn: ({ signal }) =>
      fetchJson<{ items: RecordVersion[] }>(
        `/api/${info!.service}/v1/${info!.collection}/${province}/${encodeURIComponent(sourceId)}/history`,
        { signal },
      ),
    enabled: info !== undefined,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (!info || !form)
    return loading ? <Skeleton lines={8} /> : <StateMessage>{recordWords.missing}</StateMessage>;
  if (session.role !== 'bureau' || session.province !== province)
    return <StateMessage>{text.bureauOnly}</StateMessage>;
  return (
    <Answer query={history} lines={8}>
      {({ items }) => {
        const newest = [...items].sort((one, other) => other.version - one.version)[0];
        if (!newest) return <StateMessage>{recordWords.missing}</StateMessage>;
        const title = String(newest.fields.name ?? newest.fields.title ?? sourceId);
        return (
          <Stack>
            <PageTitle
              title={
                <>
                  {newest.withdrawn ? text.restoreTitle : text.editTitle}
                  {/* Bureaus name records in Chinese, whatever the language of the page. */}
                  <span lang="zh-Hans">{title}</span>
                </>
              }
              lead={text.lead(name(info.name), provinceName(province), sourceId)}
              back={<PathLink path={path}>{text.back}</PathLink>}
            />
            <RecordEditor
              info={info}
              form={form}
              province={province}
              base={newest}
              onCancel={() => void navigate({ to: path as '/' })}
            />
          </Stack>
        );
      }}
    </Answer>
  );
}

/** Adds a record of the bureau's own province; the address may say what it begins with. */
export function NewRecordPage() {
  const text = useWords(formWords);
  const recordWords = useWords(words);
  const name = useName();
  const provinceName = useProvinceNames();
  const session = useSession();
  const navigate = useNavigate();
  const { record } = useParams({ from: '/records/$record/new' });
  const { parent } = useSearch({ from: '/records/$record/new' });
  const { info, loading } = useRecordInfo(record);
  const form = RECORD_FORMS[record];
  if (!info || !form)
    return loading ? <Skeleton lines={8} /> : <StateMessage>{recordWords.missing}</StateMessage>;
  if (session.role !== 'bureau' || session.province === null)
    return <StateMessage>{text.bureauOnly}</StateMessage>;
  const [field, key] = parent?.split(':') ?? [];
  return (
    <Stack>
      <PageTitle
        title={text.newTitle(name(info.name))}
        lead={text.leadNew(name(info.name), provinceName(session.province))}
      />
      <RecordEditor
        info={info}
        form={form}
        province={session.province}
        base={undefined}
        initial={field && key ? { [field]: key } : {}}
        onCancel={() => void navigate({ to: '/send' as '/' })}
      />
    </Stack>
  );
}
