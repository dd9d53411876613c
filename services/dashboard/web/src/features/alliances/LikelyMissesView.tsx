import { useMutation, useQuery } from '@tanstack/react-query';
import type { components } from '../../generated/feeds';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Answer, ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useFeedsRefresh } from './queries';
import { useCountryName } from './useCodeChoices';
import { words as allianceWords } from './words';

type Miss = components['schemas']['LikelyMiss'];

/** Partners in records that resemble a member and are spelled otherwise; an operator adds the spelling to the member. */
export function LikelyMissesView({ alliance, operates }: { alliance: string; operates: boolean }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const countryName = useCountryName();
  const refresh = useFeedsRefresh();
  const answer = useQuery(
    feeds.read('/v1/alliances/{alliance}/likely-misses', { params: { path: { alliance } } }),
  );
  const addition = useMutation({
    mutationFn: async (miss: Miss) => {
      const path = { alliance, member: miss.member };
      const {
        id: _,
        version,
        ...member
      } = await unwrap(feeds.client.GET('/v1/alliances/{alliance}/members/{member}', { params: { path } }));
      const body = {
        ...member,
        names: [...(member.names ?? []), miss.name],
      } as components['schemas']['MemberFields'];
      const header = { 'If-Match': `"${version}"` };
      return unwrap(
        feeds.client.PUT('/v1/alliances/{alliance}/members/{member}', { params: { path, header }, body }),
      );
    },
    onSuccess: refresh,
  });
  const columns: Column<Miss>[] = [
    { key: 'partner', head: words.partner, rowHead: true, cell: (miss) => miss.name },
    { key: 'country', head: words.country, cell: (miss) => countryName(miss.country) },
    { key: 'member', head: words.member, cell: (miss) => miss.member },
    { key: 'spelling', head: words.memberSpelling, cell: (miss) => miss.spelling },
    {
      key: 'similarity',
      head: words.similarity,
      align: 'end',
      sortBy: (miss) => miss.similarity,
      cell: (miss) => formats.number(miss.similarity),
    },
    {
      key: 'records',
      head: words.recordCount,
      align: 'end',
      sortBy: (miss) => miss.records,
      cell: (miss) => formats.number(miss.records),
    },
    ...(operates
      ? [
          {
            key: 'add',
            head: '',
            cell: (miss: Miss) => (
              <Button
                isDisabled={addition.isPending}
                aria-label={`${words.addSpelling}: ${miss.name} → ${miss.member}`}
                onPress={() => addition.mutate(miss)}
              >
                {words.addSpelling}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Panel title={words.misses}>
      <Stack>
        <p>{words.missesLead}</p>
        {addition.isError ? <ErrorMessage error={addition.error} /> : null}
        <Answer query={answer}>
          {(found) =>
            found.items.length === 0 ? (
              <p>{words.noMisses}</p>
            ) : (
              <DataTable
                caption={words.misses}
                captionHidden
                columns={columns}
                rows={found.items}
                rowKey={(miss) => `${miss.member} ${miss.name} ${miss.country}`}
              />
            )
          }
        </Answer>
      </Stack>
    </Panel>
  );
}
