import { useQuery } from '@tanstack/react-query';
import { feeds, indicators } from '../../kit/api';
import { currentYear, useFormats } from '../../kit/formats';
import { newestVerdictQuery } from '../../kit/proofs';
import type { Task } from '../../kit/TaskList';
import { useWords } from '../../kit/words';
import { kitWords } from '../../kit/kitWords';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { useYearRefresh } from '../../kit/records/useYearRefresh';
import { completenessQuery } from '../../kit/records/years';
import { words as homeWords } from './homeWords';
import { listBehind, listLockable, listSubmitted, type YearGroup } from './pendingYears';
import { TaskPanel } from './TaskPanel';
import { useEndpointTasks, useFeedEndpoints } from './useEndpointTasks';

const UNREAD = { params: { query: { healed: false, limit: 1000 } } };
const POLL_MILLISECONDS = 60_000;
const NAMED_PROVINCES = 4;

/** What an operator has to decide: years, provinces that are behind, proofs, events and endpoints. */
export function OperatorTasks() {
  useYearRefresh();
  const words = useWords(homeWords);
  const formats = useFormats();
  const years = useQuery(completenessQuery({}));
  const verdict = useQuery(newestVerdictQuery);
  const unread = [
    useQuery({ ...indicators.read('/v1/dead-letters', UNREAD), refetchInterval: POLL_MILLISECONDS }),
    useQuery({ ...feeds.read('/v1/dead-letters', UNREAD), refetchInterval: POLL_MILLISECONDS }),
  ];
  const subscriptions = useFeedEndpoints();
  const endpointTasks = useEndpointTasks(subscriptions.items);
  const nameProvinces = useNamedProvinces();
  const senders = years.data?.items ?? [];
  const letters = unread.reduce((sum, { data }) => sum + (data?.items.length ?? 0), 0);
  const count = (group: YearGroup) => formats.number(group.provinces.length);
  const yearTask = (kind: string, group: YearGroup, task: Pick<Task, 'tone' | 'text' | 'action'>): Task => {
    const only = group.items.length === 1 ? group.items[0]! : undefined;
    return {
      key: `${kind} ${group.year}`,
      detail: nameProvinces(group.provinces),
      ...(only
        ? { path: `/years/${only.service}/${only.province}/${group.year}` }
        : {
            path: '/bureaus',
            search: {
              year: String(group.year),
              ...(kind === 'behind' ? { order: 'least-complete' } : { state: kind }),
            },
          }),
      ...task,
    };
  };
  const { data: last } = verdict;
  const tasks: Task[] = [
    ...(last?.verdict === 'differs'
      ? [
          {
            key: 'proof',
            tone: 'alarm' as const,
            text: words.differs(formats.number(last.differences), formats.moment(last.finishedAt)),
            action: words.look,
            path: '/health',
          },
        ]
      : []),
    ...(letters > 0
      ? [
          {
            key: 'unread',
            tone: 'caution' as const,
            text: words.unread(formats.number(letters)),
            action: words.look,
            path: '/health',
          },
        ]
      : []),
    ...listSubmitted(senders).map((group) =>
      yearTask('submitted', group, {
        text: words.submitted(group.year, count(group), formats.number(group.items.length)),
        action: words.accept,
      }),
    ),
    ...listBehind(senders, currentYear()).map((group) =>
      yearTask('behind', group, {
        tone: 'caution',
        text: words.behind(group.year, count(group)),
        action: words.look,
      }),
    ),
    ...endpointTasks,
    ...listLockable(senders, currentYear()).map((group) =>
      yearTask('accepted', group, { text: words.lockable(group.year, count(group)), action: words.lock }),
    ),
  ];
  const sources = [years, verdict, ...unread, subscriptions];
  return (
    <TaskPanel
      tasks={tasks}
      isPending={years.isPending && !years.isError}
      isPartial={subscriptions.isPartial || sources.some((each) => each.isError && each.data === undefined)}
    />
  );
}

/** Writes the first names of some provinces, and how many there are. */
function useNamedProvinces(): (codes: readonly string[]) => string {
  const words = useWords(homeWords);
  const kit = useWords(kitWords);
  const formats = useFormats();
  const nameOf = useProvinceNames();
  return (codes) => {
    const names = codes
      .slice(0, NAMED_PROVINCES)
      .map((code) => nameOf(code))
      .join(kit.comma);
    return codes.length > NAMED_PROVINCES ? words.namesAndMore(names, formats.number(codes.length)) : names;
  };
}
