import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { RecordLink } from '../../kit/records/RecordLink';
import { evidenceQuery, type EvidenceItem } from './explanations';
import type { WhyState } from '../../kit/figures/whyState';
import styles from './why.module.css';
import { words } from './words';

const VIRTUAL_FROM_ROWS = 300;
const VIRTUAL_HEIGHT = 640;

/** The records that the value counts, the largest first. */
export function RecordsTab({ state }: { state: WhyState }) {
  const text = useWords(words);
  const formats = useFormats();
  const names = useReferenceNames();
  const provinceName = useProvinceNames();
  const { address, ...query } = evidenceQuery(state);
  const evidence = useInfiniteQuery(query);
  const columns: Column<EvidenceItem>[] = [
    {
      key: 'record',
      head: text.record,
      rowHead: true,
      cell: (item) => <RecordLink {...item} asOf={state.to} />,
    },
    {
      key: 'kind',
      head: text.change,
      cell: (item) => `${names.record(item.record)} · ${text.changeNames(item.change)}`,
    },
    {
      key: 'province',
      head: text.province,
      sortBy: (item) => item.province,
      cell: (item) => provinceName(item.province),
    },
    {
      key: 'when',
      head: text.when,
      sortBy: (item) => item.eventTime,
      cell: (item) => formats.moment(item.eventTime),
    },
    {
      key: 'amount',
      head: text.contribution,
      align: 'end',
      sortBy: (item) => item.amount,
      cell: (item) => formats.number(item.amount),
    },
  ];
  return (
    <Answer query={evidence} lines={8}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        const hidden = pages[0]?.hidden;
        return (
          <div className={styles.tab}>
            {items.length === 0 ? (
              <StateMessage>{text.noRecords}</StateMessage>
            ) : (
              <DataTable
                name="records"
                caption={text.recordsTable}
                columns={columns}
                rows={items}
                {...(items.length > VIRTUAL_FROM_ROWS ? { virtual: { height: VIRTUAL_HEIGHT } } : {})}
                rowKey={(item) =>
                  `${item.component ?? ''}:${item.topic}:${item.partition}:${item.offset}:${JSON.stringify(item.at ?? '')}`
                }
              />
            )}
            {hidden && hidden.records > 0 ? (
              <p className={styles.quiet}>
                {text.hiddenRecords(formats.number(hidden.records), formats.number(hidden.amount))}
              </p>
            ) : null}
            {evidence.hasNextPage ? (
              <Button isDisabled={evidence.isFetchingNextPage} onPress={() => void evidence.fetchNextPage()}>
                {text.more}
              </Button>
            ) : null}
            <p className={styles.files}>
              <a href={`${address}&format=csv`} download>
                {text.csv}
              </a>
              <a href={`${address}&format=xlsx`} download>
                {text.xlsx}
              </a>
            </p>
          </div>
        );
      }}
    </Answer>
  );
}
