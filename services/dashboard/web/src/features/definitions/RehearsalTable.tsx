import type { components } from '../../generated/indicators';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import styles from './definitions.module.css';
import { words as definitionWords } from './words';

type Rehearsal = components['schemas']['Rehearsal'];
type Row = components['schemas']['RehearsalRow'];

/** Both definitions at each place, and their difference. */
export function RehearsalTable({ rehearsal }: { rehearsal: Rehearsal }) {
  const words = useWords(definitionWords);
  const formats = useFormats();
  const name = useName();
  const names = useReferenceNames();
  const heads = rehearsal.by.map((each) => (each === 'year' ? words.year : names.dimension(each)));
  const place = (row: Row) => Object.values(row.at).map(String).join(' · ') || words.nation;
  const columns: Column<Row>[] = [
    {
      key: 'place',
      head: heads.join(' · ') || words.place,
      rowHead: true,
      sortBy: place,
      cell: place,
    },
    {
      key: 'active',
      head: words.active,
      align: 'end',
      sortBy: (row) => row.active,
      cell: (row) => formats.number(row.active),
    },
    {
      key: 'candidate',
      head: words.candidate,
      align: 'end',
      sortBy: (row) => row.candidate,
      cell: (row) => formats.number(row.candidate),
    },
    {
      key: 'difference',
      head: words.difference,
      align: 'end',
      sortBy: (row) => row.difference,
      cell: (row) =>
        row.difference === null || row.difference === 0 ? (
          formats.difference(row.difference)
        ) : (
          <span className={row.difference > 0 ? styles.up : styles.down}>
            {row.difference > 0 ? '▲' : '▼'} {formats.difference(row.difference)}
          </span>
        ),
    },
  ];
  return (
    <Panel title={words.result}>
      <Stack>
        <p role="status">
          {rehearsal.active
            ? words.resultCount(formats.number(rehearsal.differing), formats.number(rehearsal.places))
            : words.newFigure}{' '}
          <span className={styles.quiet}>
            {name(rehearsal.candidate.name)} · {words.numbered(rehearsal.candidate.version)} ·{' '}
            {words.asOf(formats.moment(rehearsal.position.time))}
          </span>
        </p>
        {rehearsal.notes.map((note) => (
          <StateMessage key={note.code} tone="caution">
            <p>{name(note)}</p>
          </StateMessage>
        ))}
        {rehearsal.items.length === 0 ? (
          <p>{words.noDifference}</p>
        ) : (
          <DataTable
            caption={words.result}
            captionHidden
            columns={columns}
            rows={rehearsal.items}
            rowKey={(row) => JSON.stringify(row.at)}
            {...(rehearsal.items.length > 100 ? { virtual: { height: 480 } } : {})}
          />
        )}
      </Stack>
    </Panel>
  );
}
