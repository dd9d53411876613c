import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { components } from '../../generated/feeds';
import { feeds } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { Drawer } from '../../kit/Drawer';
import { useFormats } from '../../kit/formats';
import { PageTitle } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { useSession } from '../../kit/session';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { AllianceForm } from './AllianceForm';
import { AllianceHealth, AllianceState } from './AllianceParts';
import { words as allianceWords } from './words';

type Alliance = components['schemas']['Alliance'];

/** All admitted alliances with the health of their deliveries; an alliance is led to its own page. */
export function AlliancesPage() {
  const session = useSession();
  if (session.role === 'alliance' && session.alliance) {
    return <Navigate to="/alliances/$alliance" params={{ alliance: session.alliance }} replace />;
  }
  return <AllianceList operates={session.role === 'operator'} />;
}

function AllianceList({ operates }: { operates: boolean }) {
  const words = useWords(allianceWords);
  const [admitting, setAdmitting] = useState(false);
  const answer = useQuery(feeds.read('/v1/alliances', { params: { query: { limit: 200 } } }));
  return (
    <>
      <PageTitle
        title={words.title}
        lead={words.lead}
        actions={
          operates ? (
            <Button kind="primary" onPress={() => setAdmitting(true)}>
              {words.admit}
            </Button>
          ) : null
        }
      />
      <Panel title={words.title}>
        <Answer query={answer}>
          {(found) =>
            found.items.length === 0 ? <p>{words.none}</p> : <AllianceTable alliances={found.items} />
          }
        </Answer>
      </Panel>
      <Drawer title={words.admit} isOpen={admitting} onClose={() => setAdmitting(false)}>
        <AllianceForm onDone={() => setAdmitting(false)} />
      </Drawer>
    </>
  );
}

function AllianceTable({ alliances }: { alliances: Alliance[] }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const columns: Column<Alliance>[] = [
    {
      key: 'name',
      head: words.title,
      rowHead: true,
      cell: (alliance) => (
        <Link to="/alliances/$alliance" params={{ alliance: alliance.code }}>
          {formats.language === 'zh' ? alliance.name : alliance.nameEn}
        </Link>
      ),
    },
    { key: 'code', head: words.code, cell: (alliance) => alliance.code },
    { key: 'status', head: words.status, cell: (alliance) => <AllianceState alliance={alliance} /> },
    { key: 'health', head: words.health, cell: (alliance) => <AllianceHealth code={alliance.code} /> },
    { key: 'contact', head: words.contact, cell: (alliance) => alliance.contact || '—' },
    { key: 'admitted', head: words.admittedAt, cell: (alliance) => formats.moment(alliance.admittedAt) },
  ];
  return (
    <DataTable
      caption={words.title}
      captionHidden
      columns={columns}
      rows={alliances}
      rowKey={(alliance) => alliance.code}
    />
  );
}
