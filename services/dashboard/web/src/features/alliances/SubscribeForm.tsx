import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { FormFields } from '../../kit/Layout';
import { Select } from '../../kit/Select';
import { useLanguage } from '../../kit/language';
import { placeFindings } from '../../kit/problems';
import { ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { CODE_FIELDS, toDraft, toFilter } from './filter';
import { FilterFields, type FeedRecord } from './FilterFields';
import { PreviewView } from './PreviewView';
import { useFeedsRefresh, type Feed } from './queries';
import { words as allianceWords } from './words';

type Start = 'snapshot' | 'now';

/** Subscribes, or changes the name and the filter of a subscription; a preview shows what the filter gives. */
export function SubscribeForm({ feed, onDone }: { feed?: Feed; onDone: () => void }) {
  const words = useWords(allianceWords);
  const language = useLanguage();
  const refresh = useFeedsRefresh();
  const catalogue = useQuery(feeds.read('/v1/feeds/catalogue'));
  const [name, setName] = useState(feed?.name ?? '');
  const [start, setStart] = useState<Start>('snapshot');
  const [draft, setDraft] = useState(() => toDraft<FeedRecord>(feed?.filter));
  const [key] = useState(() => crypto.randomUUID());
  const preview = useMutation({
    mutationFn: () => unwrap(feeds.client.POST('/v1/feeds/previews', { body: { filter: toFilter(draft) } })),
  });
  const write = useMutation({
    mutationFn: () =>
      feed
        ? unwrap(
            feeds.client.PATCH('/v1/feeds/{feed}', {
              params: { path: { feed: feed.id }, header: { 'If-Match': `"${feed.version}"` } },
              body: { name, filter: toFilter(draft) },
            }),
          )
        : unwrap(
            feeds.client.POST('/v1/feeds', {
              params: { header: { 'Idempotency-Key': key } },
              body: { name, filter: toFilter(draft), start },
            }),
          ),
    onSuccess: () => {
      refresh();
      onDone();
    },
  });
  const refused = write.error ?? preview.error;
  const { at: wrong, error } = placeFindings(refused, ['records', ...CODE_FIELDS], language, '/filter');
  return (
    <FormFields
      actions={
        <>
          <Button isDisabled={preview.isPending} onPress={() => preview.mutate()}>
            {preview.isPending ? words.previewing : words.preview}
          </Button>
          <Button
            kind="primary"
            isDisabled={name.trim() === '' || write.isPending}
            onPress={() => write.mutate()}
          >
            {write.isPending ? words.saving : feed ? words.save : words.create}
          </Button>
          <Button onPress={onDone}>{words.cancel}</Button>
        </>
      }
    >
      <Field label={words.feedName} value={name} onChange={setName} isRequired />
      {feed ? null : (
        <Select
          label={words.start}
          choices={[
            { key: 'snapshot', name: words.startSnapshot },
            { key: 'now', name: words.startNow },
          ]}
          selected={start}
          onSelect={(chosen) => setStart(chosen === 'now' ? 'now' : 'snapshot')}
        />
      )}
      <FilterFields
        draft={draft}
        records={(catalogue.data?.records ?? []).map((each) => each.record as FeedRecord)}
        fields={CODE_FIELDS.filter((field) => catalogue.data?.filters.includes(field) || draft[field] !== '')}
        wrong={wrong}
        onChange={(next) => {
          setDraft(next);
          preview.reset();
        }}
      />
      {error === undefined ? null : <ErrorMessage error={error} />}
      {preview.data ? (
        <StateMessage>
          <PreviewView preview={preview.data} />
        </StateMessage>
      ) : null}
    </FormFields>
  );
}
