import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { useFormats } from '../../kit/formats';
import { useLanguage, useName } from '../../kit/language';
import { writeSearch } from '../../kit/search';
import { Select } from '../../kit/Select';
import { serviceName } from '../../kit/services';
import { useSession } from '../../kit/session';
import { ErrorMessage, Skeleton, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { type Batch } from './batch';
import { RECORD_SERVICES, type RecordService } from '../../kit/records/recordDictionary';
import styles from './send.module.css';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import { mergeNewest } from './mergeNewest';
import { SubmissionTable, type Submission } from './SubmissionTable';
import { words as submissionWords } from './words';

const PAGE_SIZE = 50;
export const STATES = ['receiving', 'running', 'done', 'failed', 'interrupted'] as const;

const route = getRouteApi('/submissions');

interface BatchPage {
  items: Batch[];
  next: string | null;
}

interface Filter {
  state?: string | undefined;
  province?: string | undefined;
}

function useSubmissions(service: RecordService, filter: Filter, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: [service, 'batches', filter],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<BatchPage>(
        `/api/${service}/v1/batches${writeSearch({ ...filter, limit: PAGE_SIZE, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled,
    refetchInterval: 30_000,
  });
}

/** Every file that was sent, over all services, the newest first. */
export function SubmissionsPage() {
  const words = useWords(submissionWords);
  const { service, state, province } = route.useSearch();
  const navigate = useNavigate();
  const name = useName();
  const language = useLanguage();
  const session = useSession();
  const provinces = useReportingProvinces();
  const filter = { state, province };
  const lists = {
    mobility: useSubmissions('mobility', filter, !service || service === 'mobility'),
    cooperation: useSubmissions('cooperation', filter, !service || service === 'cooperation'),
    overseas: useSubmissions('overseas', filter, !service || service === 'overseas'),
    standards: useSubmissions('standards', filter, !service || service === 'standards'),
  };
  const wanted = RECORD_SERVICES.filter((each) => !service || each === service);
  const readable = wanted.filter((each) => lists[each].data !== undefined);
  const submissions = mergeNewest(
    readable.map((each) => ({
      items: lists[each].data!.pages.flatMap((page) =>
        page.items.map((batch): Submission => ({ service: each, batch })),
      ),
      complete: !lists[each].hasNextPage,
    })),
    (each) => each.batch.startedAt,
  );
  const pending = wanted.some((each) => lists[each].isPending);
  const change = (next: object) => void navigate({ to: '.', search: (old) => ({ ...old, ...next }) });
  return (
    <>
      <div className={styles.head}>
        <h1>{words.title}</h1>
        <Link to="/waiting">{words.waitingTitle}</Link>
        {session.role === 'bureau' ? <Link to="/send">{words.send}</Link> : null}
      </div>
      <p className={styles.quiet}>{words.lead}</p>
      <div className={styles.filters}>
        <Select
          label={words.service}
          choices={[
            { key: '', name: words.all },
            ...RECORD_SERVICES.map((key) => ({ key, name: serviceName(key, language) })),
          ]}
          selected={service ?? ''}
          onSelect={(key) => change({ service: key || undefined })}
        />
        <Select
          label={words.state}
          choices={[{ key: '', name: words.all }, ...STATES.map((key) => ({ key, name: words[key] }))]}
          selected={state ?? ''}
          onSelect={(key) => change({ state: key || undefined })}
        />
        {session.role === 'bureau' ? null : (
          <Select
            label={words.province}
            choices={[
              { key: '', name: words.all },
              ...[...provinces].map(([key, value]) => ({ key, name: name(value) })),
            ]}
            selected={province ?? ''}
            onSelect={(key) => change({ province: key || undefined })}
          />
        )}
      </div>
      {wanted
        .filter((each) => lists[each].isError && lists[each].data === undefined)
        .map((each) => (
          <div key={each}>
            <p>
              <strong>{serviceName(each, language)}</strong> {words.absentService}
            </p>
            <ErrorMessage error={lists[each].error} onRetry={() => void lists[each].refetch()} />
          </div>
        ))}
      {pending && submissions.length === 0 ? <Skeleton lines={8} /> : null}
      {!pending && submissions.length === 0 && readable.length > 0 ? (
        <StateMessage>
          <p>{service || state || province ? words.noneFiltered : words.none}</p>
        </StateMessage>
      ) : null}
      {submissions.length > 0 ? <SubmissionTable submissions={submissions} /> : null}
      {readable.some((each) => lists[each].hasNextPage) ? (
        <p>
          <Button
            isDisabled={readable.some((each) => lists[each].isFetchingNextPage)}
            onPress={() => {
              for (const each of readable) if (lists[each].hasNextPage) void lists[each].fetchNextPage();
            }}
          >
            {words.more}
          </Button>
        </p>
      ) : null}
    </>
  );
}

/** How many rows of the file had which outcome, the ones that need attention marked. */
export function CountsSummary({ batch }: { batch: Batch }) {
  const words = useWords(submissionWords);
  const { number } = useFormats();
  const { counts } = batch;
  return (
    <span className={styles.summary}>
      {counts.created > 0 ? <span>{words.created(number(counts.created))}</span> : null}
      {counts.corrected > 0 ? <span>{words.corrected(number(counts.corrected))}</span> : null}
      {counts.withdrawn > 0 ? <span>{words.withdrawn(number(counts.withdrawn))}</span> : null}
      {counts.unchanged > 0 ? <span>{words.unchanged(number(counts.unchanged))}</span> : null}
      {counts.parked > 0 ? <strong>{words.parked(number(counts.parked))}</strong> : null}
      {counts.refused > 0 ? <strong>{words.refused(number(counts.refused))}</strong> : null}
      {batch.failure === 'invalid' && counts.rows === 0 ? <strong>{words.wholeFile}</strong> : null}
    </span>
  );
}
