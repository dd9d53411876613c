import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { components } from '../../generated/overseas';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { PageTitle, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { writeSearch } from '../../kit/search';
import { serviceName } from '../../kit/services';
import { useSession } from '../../kit/session';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { useLanguage } from '../../kit/language';
import { useWords } from '../../kit/words';
import { AuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';
import { ChainVerification } from './ChainVerification';
import { FIRST_SERVICE, toAuditQuery } from './filters';
import { words as auditWords } from './words';

type Page = components['schemas']['AuditPage'];

const route = getRouteApi('/audit');
const PAGE_SIZE = 50;

/** Who did what, when and from where, by service; and whether the trail was touched. */
export function AuditPage() {
  const words = useWords(auditWords);
  const language = useLanguage();
  const { role } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const service = search.service ?? FIRST_SERVICE;
  const query = toAuditQuery(search);
  const trail = useInfiniteQuery({
    queryKey: [service, 'audit', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      fetchJson<Page>(
        `/api/${service}/v1/audit${writeSearch({ ...query, limit: PAGE_SIZE, cursor: pageParam })}`,
        { signal },
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const verifies = role === 'operator' || role === 'auditor';
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} />
      <AuditFilters
        key={JSON.stringify(search)}
        search={search}
        onChange={(next) =>
          void navigate({ search: (now) => ({ asOf: now.asOf, kiosk: now.kiosk, ...next }) })
        }
      />
      {verifies ? <ChainVerification key={service} service={service} /> : null}
      <Panel title={`${words.title} · ${serviceName(service, language)}`}>
        <Answer query={trail} lines={12}>
          {(pages) => {
            const entries = pages.pages.flatMap((page) => page.items);
            return entries.length === 0 ? (
              <StateMessage>
                <p>
                  {words.none} {words.noneNext}{' '}
                  {role === 'privacy-officer' ? words.personalOnly : verifies ? '' : words.rights}
                </p>
              </StateMessage>
            ) : (
              <Stack>
                <AuditTable
                  entries={entries}
                  onFilter={(filter) => void navigate({ search: (now) => ({ ...now, ...filter }) })}
                />
                {trail.hasNextPage ? (
                  <p>
                    <Button isDisabled={trail.isFetchingNextPage} onPress={() => void trail.fetchNextPage()}>
                      {words.older}
                    </Button>
                  </p>
                ) : null}
              </Stack>
            );
          }}
        </Answer>
      </Panel>
    </>
  );
}
