import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { useWords } from '../../kit/words';
import type { Overview } from './ChangesPage';
import { words } from './words';

type Sent = Overview['sent'][number];

/** How many records each province changed, and how. */
export function SentRecords({ overview }: { overview: Overview }) {
  const text = useWords(words);
  const name = useName();
  const formats = useFormats();
  const label = (kind: string, code: string) => {
    const found = overview.labels[kind]?.[code];
    return found ? name(found) : code;
  };
  const columns: Column<Sent>[] = [
    {
      key: 'province',
      head: text.province,
      rowHead: true,
      sortBy: (row) => row.province,
      cell: (row) => label('province', row.province),
    },
    {
      key: 'record',
      head: text.record,
      sortBy: (row) => row.record,
      cell: (row) => label('record', row.record),
    },
    {
      key: 'records',
      head: text.records,
      align: 'end',
      sortBy: (row) => row.records,
      cell: (row) => formats.number(row.records),
    },
    {
      key: 'kinds',
      head: text.kinds,
      cell: (row) =>
        Object.entries(row.changes)
          .map(([change, count]) => `${text.changeNames(change)} ${formats.number(count)}`)
          .join(' · '),
    },
  ];
  return (
    <DataTable
      name="sent"
      caption={text.sent}
      columns={columns}
      rows={overview.sent}
      rowKey={(row) => `${row.province}:${row.record}`}
      {...(overview.sent.length > 100 ? { virtual: { height: 480 } } : {})}
    />
  );
}
