import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { useWords } from '../../kit/words';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { RecordLink } from '../../kit/records/RecordLink';
import type { Contribution } from './explanations';
import styles from './why.module.css';
import { words } from './words';

type Mover = Contribution['items'][number];

/** The events of one cause that moved the value most; each leads to its record. */
export function CauseItems({
  cause,
  asOf,
  difference,
}: {
  cause: Contribution;
  /** The second moment; absent: now. */
  asOf: string | undefined;
  difference: (amount: number) => string;
}) {
  const text = useWords(words);
  const name = useName();
  const formats = useFormats();
  const names = useReferenceNames();
  const provinceName = useProvinceNames();
  if (cause.items.length === 0 && cause.hidden === 0) return null;
  const columns: Column<Mover>[] = [
    {
      key: 'record',
      head: text.record,
      rowHead: true,
      cell: (item) => (
        <>
          {provinceName(item.province)} · {names.record(item.record)} <RecordLink {...item} asOf={asOf} />
        </>
      ),
    },
    {
      key: 'change',
      head: text.change,
      cell: (item) => `${text.changeNames(item.change)} · ${text.version} ${item.version}`,
    },
    {
      key: 'when',
      head: text.when,
      sortBy: (item) => item.eventTime,
      cell: (item) => formats.moment(item.eventTime),
    },
    {
      key: 'amount',
      head: text.amount,
      align: 'end',
      sortBy: (item) => item.amount,
      cell: (item) => difference(item.amount),
    },
  ];
  return (
    <div>
      <DataTable
        name={cause.kind}
        caption={name(cause.name)}
        columns={columns}
        rows={cause.items}
        rowKey={(item) => `${item.topic}:${item.partition}:${item.offset}`}
      />
      {cause.hidden > 0 ? (
        <p className={styles.quiet}>{text.hiddenEvents(formats.number(cause.hidden))}</p>
      ) : null}
    </div>
  );
}
