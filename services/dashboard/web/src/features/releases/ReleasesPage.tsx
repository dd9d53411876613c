import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/indicators';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { Drawer } from '../../kit/Drawer';
import { useFormats } from '../../kit/formats';
import { PageTitle, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { writeSearch } from '../../kit/search';
import { useSession } from '../../kit/session';
import { Answer, ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { PublishForm } from './PublishForm';
import { RehearsalView } from './RehearsalView';
import { words as releaseWords } from './words';

type Releases = components['schemas']['Releases'];
type Release = components['schemas']['Release'];
type ReleaseMade = components['schemas']['ReleaseMade'];

const RELEASES = '/api/indicators/v1/releases';

/** Releases of the figures of persons: what the next one would publish, the making of it, and all that were made. */
export function ReleasesPage() {
  const words = useWords(releaseWords);
  const session = useSession();
  const [publishing, setPublishing] = useState(false);
  const releases = useInfiniteQuery({
    queryKey: ['indicators', 'releases'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      fetchJson<Releases>(RELEASES + writeSearch({ cursor: pageParam }), { signal }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rehearsal = useMutation({
    mutationFn: async () => ({
      at: new Date(),
      made: await fetchJson<ReleaseMade>(`${RELEASES}?dryRun=true`, { method: 'POST' }),
    }),
  });
  const operates = session.role === 'operator';
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} />
      {operates ? (
        <Panel
          title={words.rehearsal}
          actions={
            <>
              <Button isDisabled={rehearsal.isPending} onPress={() => rehearsal.mutate()}>
                {rehearsal.isPending ? words.rehearsing : words.rehearse}
              </Button>
              <Button
                kind="danger"
                isDisabled={!rehearsal.data || rehearsal.data.made.years.length === 0}
                onPress={() => setPublishing(true)}
              >
                {words.publish}
              </Button>
            </>
          }
        >
          {rehearsal.isError ? <ErrorMessage error={rehearsal.error} /> : null}
          {rehearsal.data ? (
            <RehearsalView made={rehearsal.data.made} at={rehearsal.data.at} />
          ) : rehearsal.isError ? null : (
            <p>{words.noneNext}</p>
          )}
        </Panel>
      ) : (
        <StateMessage>
          <p>{words.operatorOnly}</p>
        </StateMessage>
      )}
      <Panel title={words.title}>
        <Answer query={releases}>
          {(pages) => (
            <Stack>
              <ReleaseTable releases={pages.pages.flatMap((page) => page.items)} />
              {releases.hasNextPage ? (
                <p>
                  <Button
                    isDisabled={releases.isFetchingNextPage}
                    onPress={() => void releases.fetchNextPage()}
                  >
                    {words.more}
                  </Button>
                </p>
              ) : null}
            </Stack>
          )}
        </Answer>
      </Panel>
      <Drawer title={words.confirmTitle} isOpen={publishing} onClose={() => setPublishing(false)}>
        <PublishForm
          sheets={rehearsal.data?.made.years.length ?? 0}
          unlockedYears={rehearsal.data?.made.unlockedYears ?? 0}
          onDone={() => {
            rehearsal.reset();
            void releases.refetch();
          }}
          onCancel={() => setPublishing(false)}
        />
      </Drawer>
    </>
  );
}

function ReleaseTable({ releases }: { releases: Release[] }) {
  const words = useWords(releaseWords);
  const formats = useFormats();
  if (releases.length === 0) return <p>{words.none}</p>;
  const columns: Column<Release>[] = [
    { key: 'number', head: words.number, rowHead: true, cell: (release) => words.numbered(release.number) },
    { key: 'at', head: words.at, cell: (release) => formats.moment(release.at) },
    { key: 'by', head: words.by, cell: (release) => release.by || words.bySchedule },
    { key: 'sheets', head: words.sheets, align: 'end', cell: (release) => formats.number(release.sheets) },
  ];
  return (
    <DataTable
      caption={words.title}
      captionHidden
      columns={columns}
      rows={releases}
      rowKey={(release) => String(release.number)}
    />
  );
}
