import { useQueries, useQuery } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import { currentYear, useFormats } from '../../kit/formats';
import { serviceName } from '../../kit/services';
import type { Task } from '../../kit/TaskList';
import { useWords } from '../../kit/words';
import { kitWords } from '../../kit/kitWords';
import { RECORD_SERVICES, type RecordService } from '../../kit/records/recordDictionary';
import { useYearRefresh } from '../../kit/records/useYearRefresh';
import { completenessQuery, reopenedYearsQuery } from '../../kit/records/years';
import { words as homeWords } from './homeWords';
import { listDue, type PendingYear } from './pendingYears';
import { TaskPanel } from './TaskPanel';

const RECENT_FILES = 20;

interface RecentFiles {
  items: { id: string; record: string; dryRun: boolean; counts: { refused: number } }[];
}

/** The last files of a service, which say where refused rows came in. */
function recentFilesQuery(service: RecordService) {
  return {
    queryKey: [service, 'recent-files'],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      fetchJson<RecentFiles>(`/api/${service}/v1/batches?limit=${RECENT_FILES}`, { signal }),
    staleTime: 60_000,
  };
}

/** The newest stored file of each record type: a later file of the type has the corrected rows of an earlier one. */
function newestOfEachRecord(files: RecentFiles | undefined): RecentFiles['items'] {
  const stored = (files?.items ?? []).filter((file) => !file.dryRun);
  return stored.filter((file, at) => stored.findIndex(({ record }) => record === file.record) === at);
}

/** What a bureau has to do: years that were given back, years to submit, refused rows and rows that wait. */
export function BureauTasks({ province }: { province: string }) {
  useYearRefresh();
  const words = useWords(homeWords);
  const kit = useWords(kitWords);
  const formats = useFormats();
  const answer = useQuery(completenessQuery({ province }));
  const senders = answer.data?.items ?? [];
  const reopened = useQueries({
    queries: RECORD_SERVICES.map((service) => reopenedYearsQuery(service, province)),
  });
  const refusing = senders.filter((sender) => sender.refused > 0);
  const files = useQueries({ queries: refusing.map(({ service }) => recentFilesQuery(service)) });
  const nameOf = (service: RecordService) => serviceName(service, formats.language);
  const givenBack = RECORD_SERVICES.flatMap((service, at) =>
    (reopened[at]?.data ?? []).map((version) => ({ service, version })),
  );
  const isGivenBack = (service: RecordService, year: number) =>
    givenBack.some((each) => each.service === service && each.version.sourceId === String(year));
  const writeSent = ({ year }: PendingYear) =>
    [
      year.expected === null
        ? words.received(formats.number(year.received))
        : (year.expectedFrom === 'plan' ? words.ofPlan : words.ofYearBefore)(
            formats.number(year.received),
            formats.number(year.expected),
          ),
      ...(year.parked > 0 ? [words.rowsWait(formats.number(year.parked))] : []),
    ].join(kit.comma);
  const tasks: Task[] = [
    ...givenBack.map(({ service, version }) => ({
      key: `given-back ${service} ${version.sourceId}`,
      tone: 'caution' as const,
      text: words.givenBack(version.sourceId, nameOf(service)),
      detail: `${version.fields.reason} · ${formats.moment(version.recordedAt)}`,
      action: words.handle,
      path: `/years/${service}/${province}/${version.sourceId}`,
    })),
    ...refusing.flatMap(({ service }, at) =>
      newestOfEachRecord(files[at]?.data)
        .filter((file) => file.counts.refused > 0)
        .map((file) => ({
          key: `refused ${service} ${file.id}`,
          tone: 'caution' as const,
          text: words.refused(nameOf(service), formats.number(file.counts.refused)),
          action: words.look,
          path: `/submissions/${service}/${file.id}`,
          search: { rows: 'refused' },
        })),
    ),
    ...senders
      .filter((sender) => sender.parked > 0)
      .map((sender) => ({
        key: `parked ${sender.service}`,
        text: words.parked(nameOf(sender.service), formats.number(sender.parked)),
        action: words.handle,
        path: '/waiting',
      })),
    ...listDue(senders, currentYear(), isGivenBack).map((due) => ({
      key: `due ${due.service} ${due.year.year}`,
      text: words.due(due.year.year, nameOf(due.service)),
      detail: writeSent(due),
      action: words.submit,
      path: `/years/${due.service}/${province}/${due.year.year}`,
    })),
  ];
  return (
    <TaskPanel
      tasks={tasks}
      isPending={answer.isPending && !answer.isError}
      isPartial={[answer, ...reopened].some((each) => each.isError && each.data === undefined)}
    />
  );
}
