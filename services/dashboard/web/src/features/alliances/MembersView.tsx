import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/feeds';
import { feeds, fetchJson, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { Drawer } from '../../kit/Drawer';
import { FileDrop } from '../../kit/FileDrop';
import { useFormats } from '../../kit/formats';
import { Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { writeSearch } from '../../kit/search';
import { Answer, ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { MemberForm } from './MemberForm';
import { useFeedsRefresh } from './queries';
import { ReasonForm } from './ReasonForm';
import { useCountryName } from './useCodeChoices';
import { words as allianceWords } from './words';

export type Member = components['schemas']['Member'];

type Opened = { kind: 'add' | 'file' } | { kind: 'correct' | 'withdraw'; member: Member };

/** Members of an alliance; operators add, correct and withdraw them, one by one or by a file. */
export function MembersView({ alliance, operates }: { alliance: string; operates: boolean }) {
  const words = useWords(allianceWords);
  const [open, setOpen] = useState<Opened>();
  const close = () => setOpen(undefined);
  const members = useInfiniteQuery({
    queryKey: ['feeds', 'members', alliance],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      fetchJson<components['schemas']['MemberPage']>(
        `/api/feeds/v1/alliances/${alliance}/members${writeSearch({ limit: 100, cursor: pageParam })}`,
        { signal },
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const titles = {
    add: words.addMember,
    file: words.loadMembers,
    correct: words.correct,
    withdraw: open && 'member' in open ? words.withdrawMember(open.member.id ?? '') : '',
  };
  return (
    <Panel
      title={words.tabMembers}
      actions={
        operates ? (
          <>
            <Button onPress={() => setOpen({ kind: 'add' })}>{words.addMember}</Button>
            <Button kind="primary" onPress={() => setOpen({ kind: 'file' })}>
              {words.loadMembers}
            </Button>
          </>
        ) : null
      }
    >
      <Answer query={members}>
        {(pages) => {
          const all = pages.pages.flatMap((page) => page.items);
          return all.length === 0 ? (
            <p>{words.noMembers}</p>
          ) : (
            <Stack>
              <MemberTable
                members={all}
                operates={operates}
                onOpen={(kind, member) => setOpen({ kind, member })}
              />
              {members.hasNextPage ? (
                <p>
                  <Button
                    isDisabled={members.isFetchingNextPage}
                    onPress={() => void members.fetchNextPage()}
                  >
                    {words.more}
                  </Button>
                </p>
              ) : null}
            </Stack>
          );
        }}
      </Answer>
      <Drawer title={open ? titles[open.kind] : ''} isOpen={open !== undefined} onClose={close}>
        {open?.kind === 'add' ? <MemberForm alliance={alliance} onDone={close} /> : null}
        {open?.kind === 'correct' ? (
          <MemberForm alliance={alliance} member={open.member} onDone={close} />
        ) : null}
        {open?.kind === 'file' ? <MemberFileForm alliance={alliance} /> : null}
        {open?.kind === 'withdraw' ? (
          <ReasonForm
            lead={words.withdrawLead}
            action={words.withdrawMember(open.member.id ?? '')}
            onDone={close}
            onAct={(reason) =>
              unwrap(
                feeds.client.DELETE('/v1/alliances/{alliance}/members/{member}', {
                  params: { path: { alliance, member: open.member.id ?? '' }, query: { reason } },
                }),
              )
            }
          />
        ) : null}
      </Drawer>
    </Panel>
  );
}

function MemberTable({
  members,
  operates,
  onOpen,
}: {
  members: Member[];
  operates: boolean;
  onOpen: (kind: 'correct' | 'withdraw', member: Member) => void;
}) {
  const words = useWords(allianceWords);
  const countryName = useCountryName();
  const countryOf = ({ country }: Member) => countryName(country);
  const columns: Column<Member>[] = [
    {
      key: 'id',
      head: words.memberId,
      rowHead: true,
      sortBy: (member) => member.id,
      cell: (member) => member.id,
    },
    {
      key: 'kind',
      head: words.kind,
      sortBy: (member) => member.kind,
      cell: (member) => (member.kind ? words[member.kind] : ''),
    },
    { key: 'name', head: words.names, cell: (member) => member.names?.join(' | ') || '—' },
    { key: 'college', head: words.schoolCode, cell: (member) => member.college ?? '—' },
    {
      key: 'country',
      head: words.country,
      sortBy: countryOf,
      cell: countryOf,
    },
    {
      key: 'days',
      head: words.inForce,
      cell: (member) =>
        member.until ? words.period(member.from ?? '', member.until) : words.since(member.from ?? ''),
    },
    ...(operates
      ? [
          {
            key: 'actions',
            head: '',
            cell: (member: Member) => (
              <>
                <Button
                  kind="link"
                  aria-label={`${words.correct} ${member.id}`}
                  onPress={() => onOpen('correct', member)}
                >
                  {words.correct}
                </Button>
                <Button
                  kind="link"
                  aria-label={words.withdrawMember(member.id ?? '')}
                  onPress={() => onOpen('withdraw', member)}
                >
                  {words.withdraw}
                </Button>
              </>
            ),
          },
        ]
      : []),
  ];
  return (
    <DataTable
      caption={words.tabMembers}
      captionHidden
      columns={columns}
      rows={members}
      rowKey={(member) => member.id ?? ''}
    />
  );
}

function MemberFileForm({ alliance }: { alliance: string }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const refresh = useFeedsRefresh();
  const load = useMutation({
    mutationFn: (file: File) =>
      fetchJson<components['schemas']['MemberFileResult']>(`/api/feeds/v1/alliances/${alliance}/members`, {
        method: 'POST',
        headers: {
          'Content-Type': file.name.endsWith('.xlsx')
            ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
            : 'text/csv',
        },
        body: file,
      }),
    onSuccess: refresh,
  });
  return (
    <Stack>
      <p>{words.loadMembersLead}</p>
      <FileDrop accept={['.csv', '.xlsx']} onFile={(file) => load.mutate(file)} isDisabled={load.isPending} />
      {load.isError ? (
        <>
          <p>
            <strong>{words.refusedFile}</strong>
          </p>
          <ErrorMessage error={load.error} />
        </>
      ) : null}
      {load.data ? (
        <StateMessage>
          <p role="status">
            ✓{' '}
            {words.loadMembersDone(
              formats.number(load.data.created),
              formats.number(load.data.corrected),
              formats.number(load.data.unchanged),
            )}
          </p>
        </StateMessage>
      ) : null}
    </Stack>
  );
}
