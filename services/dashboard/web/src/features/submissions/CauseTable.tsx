import { useState } from 'react';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { kitWords } from '../../kit/kitWords';
import { PathLink } from '../../kit/PathLink';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { wholeFileCauses, type Batch, type BatchCause } from './batch';
import { useFieldName } from '../../kit/records/fieldNames';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import styles from './send.module.css';
import { words as sendWords } from './sendWords';

const HIDDEN = '***';
const FIRST_CAUSES = 12;

/** Why a file was refused before any of its rows was read. */
export function WholeFileCauses({ batch, info }: { batch: Batch; info: RecordInfo }) {
  const words = useWords(sendWords);
  const kit = useWords(kitWords);
  const { language } = useFormats();
  const fieldName = useFieldName();
  const causes = wholeFileCauses(batch).filter(() => batch.state === 'failed' || batch.counts.rows === 0);
  if (causes.length === 0) return null;
  return (
    <StateMessage tone="caution">
      <p>
        <strong>{words.refusedWhole}</strong>
      </p>
      <ul className={styles.stack}>
        {causes.map((cause, index) => (
          <li key={index}>
            {cause.pointer ? fieldName([info], cause.pointer) + kit.colon : null}
            {language === 'zh' ? cause.detailZh : cause.detail}{' '}
            <span className={styles.repair}>{language === 'zh' ? cause.repairZh : cause.repair}</span>
          </li>
        ))}
      </ul>
    </StateMessage>
  );
}

/** Causes with their rows, the first line and the repair. */
export function CauseTable({
  name,
  title,
  causes,
  info,
}: {
  name: string;
  title: string;
  causes: BatchCause[];
  info: RecordInfo;
}) {
  const words = useWords(sendWords);
  const { language, number } = useFormats();
  const fieldName = useFieldName();
  const columns: Column<BatchCause>[] = [
    {
      key: 'cause',
      head: words.cause,
      rowHead: true,
      cell: (cause) => (
        <span className={styles.causeText}>{language === 'zh' ? cause.detailZh : cause.detail}</span>
      ),
    },
    {
      key: 'column',
      head: words.column,
      cell: (cause) => fieldName([info], cause.pointer),
      sortBy: (cause) => fieldName([info], cause.pointer),
    },
    {
      key: 'value',
      head: words.value,
      cell: (cause) =>
        cause.value === HIDDEN ? (
          <span className={styles.quiet}>{words.valueHidden}</span>
        ) : (
          <span className={styles.value}>{cause.value}</span>
        ),
    },
    {
      key: 'rows',
      head: words.rows,
      align: 'end',
      cell: (cause) => (cause.rows === 0 ? null : number(cause.rows)),
      sortBy: (cause) => cause.rows,
    },
    {
      key: 'first',
      head: words.firstRow,
      cell: (cause) => (
        <>
          {cause.firstLine === null ? null : words.line(number(cause.firstLine))}{' '}
          {cause.sourceId ? <span className={styles.value}>{cause.sourceId}</span> : null}
        </>
      ),
      sortBy: (cause) => cause.firstLine,
    },
    {
      key: 'repair',
      head: words.repair,
      cell: (cause) => (
        <span className={styles.causeText}>
          {language === 'zh' ? cause.repairZh : cause.repair}{' '}
          <PathLink path={`/rules/${cause.rule}`} search={{ service: info.service }}>
            {words.rule}
          </PathLink>
        </span>
      ),
    },
  ];
  const [all, setAll] = useState(false);
  const shown = all ? causes : causes.slice(0, FIRST_CAUSES);
  return (
    <>
      <DataTable
        name={name}
        caption={title}
        columns={columns}
        rows={shown}
        rowKey={(cause) => `${cause.rule}|${cause.pointer}|${cause.value}|${cause.firstRow}`}
      />
      {shown.length < causes.length ? (
        <p>
          <Button onPress={() => setAll(true)}>{words.allCauses(number(causes.length))}</Button>
        </p>
      ) : null}
    </>
  );
}
