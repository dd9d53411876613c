import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { kitWords } from '../../kit/kitWords';
import { useName } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { PathLink } from '../../kit/PathLink';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { askPreview, PREVIEW_QUERY } from '../../kit/figures/preview';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import { listAmounts, type AmountSpan, type FigureAmount } from './amounts';
import styles from './records.module.css';
import type { RecordVersion } from './versions';
import { words } from './words';

const FIRST_SPANS = 2;

/** The amount that this record gives to each figure and year: what the figure would lose without it. */
export function RecordFigures({ info, version }: { info: RecordInfo; version: RecordVersion }) {
  const text = useWords(words);
  const name = useName();
  const { province, sourceId } = version;
  const amounts = useQuery({
    ...PREVIEW_QUERY,
    queryKey: ['amounts', info.record, province, sourceId, version.version],
    queryFn: async ({ signal }) => {
      const change = { record: info.record, province, sourceId, after: null };
      return listAmounts(await askPreview(JSON.stringify({ changes: [change] }), 'application/json', signal));
    },
  });
  const columns: Column<FigureAmount>[] = [
    {
      key: 'figure',
      head: text.figure,
      rowHead: true,
      cell: (row) => <PathLink path={`/explore/${row.code}`}>{name(row.name)}</PathLink>,
    },
    {
      key: 'amount',
      head: text.amount,
      cell: (row) => <Spans spans={row.spans} unit={name(row.unit)} code={row.code} province={province} />,
    },
  ];
  return (
    <Panel title={text.figures}>
      <Answer query={amounts}>
        {(rows) =>
          rows.length === 0 ? (
            <p>{text.noFigures}</p>
          ) : (
            <DataTable
              name="amounts"
              caption={text.figuresLead}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.code}
            />
          )
        }
      </Answer>
    </Panel>
  );
}

/** The years of each amount; the newest leads to the records behind the value of the province. */
function Spans({
  spans,
  unit,
  code,
  province,
}: {
  spans: AmountSpan[];
  unit: string;
  code: string;
  province: string;
}) {
  const text = useWords(words);
  const kit = useWords(kitWords);
  const { number } = useFormats();
  const items = spans.map((span) => (
    <li key={span.from}>
      <PathLink path={`/why/${code}`} search={{ period: span.until, province, tab: 'records' }}>
        {text.years(span.from, span.until)}
      </PathLink>
      {kit.colon}
      {number(span.amount)} <span className={styles.quiet}>{unit}</span>
    </li>
  ));
  return (
    <>
      <ul className={styles.spans}>{items.slice(0, FIRST_SPANS)}</ul>
      {items.length > FIRST_SPANS ? (
        <details>
          <summary>{text.moreSpans(items.length - FIRST_SPANS)}</summary>
          <ul className={styles.spans}>{items.slice(FIRST_SPANS)}</ul>
        </details>
      ) : null}
    </>
  );
}
