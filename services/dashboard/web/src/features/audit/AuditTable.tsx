import { useState } from 'react';
import type { components } from '../../generated/overseas';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { Drawer } from '../../kit/Drawer';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Badge, Facts, Stack } from '../../kit/Layout';
import { useWords } from '../../kit/words';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { ACTIONS } from './actions';
import styles from './audit.module.css';
import type { AuditSearch } from './filters';
import { words as auditWords } from './words';

type Entry = components['schemas']['AuditEntry'];

function actionName(action: string, name: (words: { zh: string; en: string }) => string): string {
  const known = ACTIONS[action];
  return known ? name(known) : action;
}

/** Entries, the newest first; the details of one open next to them. */
export function AuditTable({
  entries,
  onFilter,
}: {
  entries: Entry[];
  onFilter: (filter: AuditSearch) => void;
}) {
  const words = useWords(auditWords);
  const formats = useFormats();
  const name = useName();
  const names = useReferenceNames();
  const provinceName = useProvinceNames();
  const [opened, setOpened] = useState<Entry>();
  const columns: Column<Entry>[] = [
    {
      key: 'when',
      head: words.when,
      rowHead: true,
      cell: (entry) => <span className={styles.moment}>{formats.moment(entry.at)}</span>,
    },
    {
      key: 'who',
      head: words.who,
      cell: (entry) => (
        <Button
          kind="link"
          aria-label={words.onlyThis(entry.actor)}
          onPress={() => onFilter({ actor: entry.actor })}
        >
          {entry.actor}
        </Button>
      ),
    },
    { key: 'what', head: words.what, cell: (entry) => actionName(entry.action, name) },
    { key: 'outcome', head: words.outcome, cell: (entry) => <OutcomeBadge outcome={entry.outcome} /> },
    {
      key: 'object',
      head: words.object_,
      cell: (entry) =>
        [
          entry.record && names.record(entry.record),
          entry.province && provinceName(entry.province),
          entry.object,
        ]
          .filter(Boolean)
          .join(' / '),
    },
    { key: 'where', head: words.where, cell: (entry) => entry.address ?? '' },
    {
      key: 'details',
      head: words.details,
      cell: (entry) => (
        <Button
          kind="link"
          aria-label={`${words.details} ${entry.position}`}
          onPress={() => setOpened(entry)}
        >
          {words.details}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable
        caption={words.title}
        captionHidden
        columns={columns}
        rows={entries}
        rowKey={(entry) => String(entry.position)}
      />
      <Drawer
        title={opened ? actionName(opened.action, name) : ''}
        isOpen={opened !== undefined}
        onClose={() => setOpened(undefined)}
      >
        {opened ? <EntryDetails entry={opened} /> : null}
      </Drawer>
    </>
  );
}

function OutcomeBadge({ outcome }: { outcome: string }) {
  const words = useWords(auditWords);
  return outcome === 'refused' ? (
    <Badge tone="caution">✕ {words.refused}</Badge>
  ) : (
    <Badge>{outcome === 'done' ? words.done : outcome}</Badge>
  );
}

function EntryDetails({ entry }: { entry: Entry }) {
  const words = useWords(auditWords);
  const formats = useFormats();
  return (
    <Stack>
      <Facts
        items={[
          { term: words.position, value: formats.number(entry.position) },
          { term: words.when, value: formats.moment(entry.at) },
          { term: words.who, value: entry.actor },
          { term: words.roles, value: entry.roles.join(', ') },
          { term: words.where, value: entry.address },
          { term: words.outcome, value: <OutcomeBadge outcome={entry.outcome} /> },
          { term: words.record, value: entry.record },
          { term: words.province, value: entry.province },
          { term: words.object, value: entry.object },
          { term: words.requestId, value: entry.requestId },
          { term: words.hash, value: entry.hash ?? words.notChained },
        ]}
      />
      <h3>{words.details}</h3>
      <pre className={styles.details} tabIndex={0}>
        {JSON.stringify(entry.details, null, 2)}
      </pre>
    </Stack>
  );
}
