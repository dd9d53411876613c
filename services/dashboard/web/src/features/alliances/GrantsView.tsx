import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/feeds';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { Drawer } from '../../kit/Drawer';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { FilterText } from './FilterText';
import { GrantForm } from './GrantForm';
import { ReasonForm } from './ReasonForm';
import { words as allianceWords } from './words';

export type Grant = components['schemas']['Grant'];

type Opened = { kind: 'add' } | { kind: 'change' | 'withdraw'; grant: Grant };

/** What an alliance may see, on which legal basis and how long; operators grant, change and withdraw. */
export function GrantsView({
  alliance,
  operates,
  isSuspended,
}: {
  alliance: string;
  operates: boolean;
  isSuspended: boolean;
}) {
  const words = useWords(allianceWords);
  const [open, setOpen] = useState<Opened>();
  const close = () => setOpen(undefined);
  const answer = useQuery(
    feeds.read('/v1/alliances/{alliance}/grants', { params: { path: { alliance }, query: { limit: 200 } } }),
  );
  const title = !open
    ? ''
    : open.kind === 'add'
      ? words.addGrant
      : open.kind === 'change'
        ? `${words.changeGrant}: ${open.grant.id}`
        : words.withdrawGrant(open.grant.id ?? '');
  return (
    <Panel
      title={words.tabGrants}
      actions={
        operates ? (
          <Button kind="primary" onPress={() => setOpen({ kind: 'add' })}>
            {words.addGrant}
          </Button>
        ) : null
      }
    >
      <Answer query={answer}>
        {(found) =>
          found.items.length === 0 ? (
            <p>{words.noGrants}</p>
          ) : (
            <GrantTable
              grants={found.items}
              operates={operates}
              onOpen={(kind, grant) => setOpen({ kind, grant })}
            />
          )
        }
      </Answer>
      <Drawer title={title} isOpen={open !== undefined} onClose={close}>
        {open?.kind === 'add' ? (
          <GrantForm alliance={alliance} isSuspended={isSuspended} onDone={close} />
        ) : null}
        {open?.kind === 'change' ? (
          <GrantForm alliance={alliance} grant={open.grant} isSuspended={isSuspended} onDone={close} />
        ) : null}
        {open?.kind === 'withdraw' ? (
          <ReasonForm
            lead={words.withdrawLead}
            action={words.withdrawGrant(open.grant.id ?? '')}
            onDone={close}
            onAct={(reason) =>
              unwrap(
                feeds.client.DELETE('/v1/alliances/{alliance}/grants/{grant}', {
                  params: {
                    path: { alliance, grant: open.grant.id ?? '' },
                    query: { reason },
                    header: { 'If-Match': `"${open.grant.version}"` },
                  },
                }),
              )
            }
          />
        ) : null}
      </Drawer>
    </Panel>
  );
}

function GrantTable({
  grants,
  operates,
  onOpen,
}: {
  grants: Grant[];
  operates: boolean;
  onOpen: (kind: 'change' | 'withdraw', grant: Grant) => void;
}) {
  const words = useWords(allianceWords);
  const names = useReferenceNames();
  const columns: Column<Grant>[] = [
    { key: 'id', head: words.grantId, rowHead: true, cell: (grant) => grant.id },
    { key: 'conditions', head: words.conditions, cell: (grant) => <FilterText filter={grant} /> },
    {
      key: 'fields',
      head: words.openedFields,
      cell: (grant) =>
        [
          ...(grant.grantedFields ?? []).map(names.field),
          ...(grant.figureEvents ? [words.figureEventsShort] : []),
        ].join(', '),
    },
    { key: 'basis', head: words.legalBasis, cell: (grant) => grant.legalBasis },
    {
      key: 'days',
      head: words.inForce,
      cell: (grant) =>
        grant.until ? words.period(grant.from ?? '', grant.until) : words.since(grant.from ?? ''),
    },
    ...(operates
      ? [
          {
            key: 'actions',
            head: '',
            cell: (grant: Grant) => (
              <>
                <Button
                  kind="link"
                  aria-label={`${words.changeGrant} ${grant.id}`}
                  onPress={() => onOpen('change', grant)}
                >
                  {words.changeGrant}
                </Button>
                <Button
                  kind="link"
                  aria-label={words.withdrawGrant(grant.id ?? '')}
                  onPress={() => onOpen('withdraw', grant)}
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
      caption={words.tabGrants}
      captionHidden
      columns={columns}
      rows={grants}
      rowKey={(grant) => grant.id ?? ''}
    />
  );
}
