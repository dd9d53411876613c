import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { components } from '../../generated/indicators';
import { indicators } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { Drawer } from '../../kit/Drawer';
import { useFormats } from '../../kit/formats';
import { Badge, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { useSession } from '../../kit/session';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { LoadSetForm } from './LoadSetForm';
import styles from './reconciliation.module.css';
import { SetVersions } from './SetVersions';
import { words as reconciliationWords } from './words';

type PublishedSet = components['schemas']['SetAnswer'];

/** The published sets with their newest versions; operators load and withdraw. */
export function PublishedSetsView() {
  const words = useWords(reconciliationWords);
  const session = useSession();
  const [opened, setOpened] = useState<string>();
  const [loading, setLoading] = useState(false);
  const answer = useQuery(indicators.read('/v1/published-sets'));
  const operates = session.role === 'operator';
  return (
    <Stack>
      <Panel
        title={words.setsTitle}
        actions={
          operates ? (
            <Button kind="primary" onPress={() => setLoading(true)}>
              {words.load}
            </Button>
          ) : (
            <span className={styles.quiet}>{words.operatorOnly}</span>
          )
        }
      >
        <Stack>
          <p className={styles.quiet}>{words.setsLead}</p>
          <Answer query={answer}>
            {(found) => <SetTable builtIn={found.builtIn} sets={found.items} onOpen={setOpened} />}
          </Answer>
        </Stack>
      </Panel>
      <Drawer title={words.load} isOpen={loading} onClose={() => setLoading(false)}>
        <LoadSetForm />
      </Drawer>
      <Drawer
        title={words.versionsOf(opened ?? '')}
        isOpen={opened !== undefined}
        onClose={() => setOpened(undefined)}
      >
        {opened ? <SetVersions set={opened} operates={operates} /> : null}
      </Drawer>
    </Stack>
  );
}

interface SetRow {
  set: string;
  version: number;
  lines: number;
  loaded?: PublishedSet;
}

function SetTable({
  builtIn,
  sets,
  onOpen,
}: {
  builtIn: components['schemas']['BuiltIn'];
  sets: PublishedSet[];
  onOpen: (set: string) => void;
}) {
  const words = useWords(reconciliationWords);
  const formats = useFormats();
  const rows: SetRow[] = [builtIn, ...sets.map((loaded) => ({ ...loaded, loaded }))];
  const columns: Column<SetRow>[] = [
    { key: 'set', head: words.setName, rowHead: true, cell: (row) => words.setNames(row.set) },
    { key: 'title', head: words.setTitle, cell: (row) => row.loaded?.title ?? '—' },
    { key: 'source', head: words.setSource, cell: (row) => row.loaded?.source ?? '—' },
    { key: 'published', head: words.publishedOn, cell: (row) => row.loaded?.publishedOn ?? '—' },
    { key: 'version', head: words.versions, cell: (row) => words.version(row.version) },
    { key: 'lines', head: words.setLines, align: 'end', cell: (row) => formats.number(row.lines) },
    {
      key: 'loaded',
      head: words.loaded,
      cell: (row) => (row.loaded ? formats.moment(row.loaded.loadedAt) : '—'),
    },
    {
      key: 'state',
      head: words.state,
      cell: (row) =>
        row.loaded?.withdrawal ? (
          <Badge>{words.withdrawn}</Badge>
        ) : (
          <Badge tone="proved">✓ {words.counts}</Badge>
        ),
    },
    {
      key: 'actions',
      head: '',
      cell: (row) => (
        <span className={styles.rowActions}>
          <Link to="/reconciliation" search={{ set: row.set }}>
            {words.compare}
          </Link>
          {row.loaded ? (
            <Button kind="link" onPress={() => onOpen(row.set)} aria-label={words.versionsOf(row.set)}>
              {words.versions}
            </Button>
          ) : null}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption={words.setsTitle}
      captionHidden
      columns={columns}
      rows={rows}
      rowKey={(row) => row.set}
    />
  );
}
