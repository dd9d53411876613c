import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { readRefusal } from '../../kit/problems';
import { Select } from '../../kit/Select';
import { ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { isRefusedForColumns, type Batch, type FileColumn } from './batch';
import {
  firstChoices,
  isDecided,
  mappableColumns,
  mergeMapping,
  missingFields,
  NOT_READ,
  type ColumnChoices,
  type MappedHeading,
} from './columnChoices';
import { useFieldName } from '../../kit/records/fieldNames';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import styles from './send.module.css';
import { words as sendWords } from './sendWords';

/** Columns that every record has next to its fields. */
const PLATFORM_FIELDS = ['sourceId', 'withdraw', 'reason'];

/** The clerk says what the columns of the file mean; the bureau's later files are read with it. */
export function ColumnsStep({
  batch,
  info,
  onStored,
}: {
  batch: Batch;
  info: RecordInfo;
  /** The mapping is stored. @param complete whether the file can be read now */
  onStored: (complete: boolean) => void;
}) {
  const words = useWords(sendWords);
  const { number } = useFormats();
  const refused = isRefusedForColumns(batch);
  const columns = mappableColumns(batch);
  if (columns.length === 0 && !refused) return null;
  const form = <ColumnsForm batch={batch} info={info} onStored={onStored} />;
  if (refused) {
    return (
      <section className={styles.stack} aria-label={words.columnsTitle}>
        <p role="alert">
          <strong>{words.columnsUnclear}</strong> {words.columnsLead}
        </p>
        {form}
      </section>
    );
  }
  return (
    <details className={styles.columns}>
      <summary>
        {words.columnsRead(
          number(columns.filter((column) => column.field !== null).length),
          number(columns.filter((column) => column.field === null).length),
        )}
      </summary>
      {form}
    </details>
  );
}

function ColumnsForm({
  batch,
  info,
  onStored,
}: {
  batch: Batch;
  info: RecordInfo;
  onStored: (complete: boolean) => void;
}) {
  const words = useWords(sendWords);
  const fieldName = useFieldName();
  const [choices, setChoices] = useState<ColumnChoices>(() => firstChoices(batch));
  const missing = missingFields(batch, choices);
  const address = `/api/${info.service}/v1/column-mappings/${batch.province}/${batch.record}`;
  const store = useMutation({
    mutationFn: async () => {
      const known = await fetchJson<{ columns: MappedHeading[] }>(address);
      const response = await fetch(address, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', 'X-Voyage-Request': '1' },
        body: JSON.stringify({ columns: mergeMapping(known.columns, batch, choices) }),
      });
      if (!response.ok) throw await readRefusal(response);
    },
    onSuccess: () => onStored(missing.length === 0),
  });
  return (
    <div className={styles.stack}>
      <ul className={styles.columnList}>
        {mappableColumns(batch).map((column) => (
          <li key={column.number}>
            <ColumnChoice
              column={column}
              batch={batch}
              info={info}
              choices={choices}
              onChoose={(choice) => setChoices((old) => ({ ...old, [column.number]: choice }))}
            />
          </li>
        ))}
      </ul>
      {missing.length > 0 ? (
        <p>{words.columnsMissing(missing.map((field) => fieldName([info], `/${field}`)))}</p>
      ) : null}
      {store.isError ? <ErrorMessage error={store.error} /> : null}
      <p>
        <Button
          kind={isRefusedForColumns(batch) ? 'primary' : 'normal'}
          isDisabled={!isDecided(batch, choices) || store.isPending}
          onPress={() => store.mutate()}
        >
          {missing.length > 0 ? words.columnsStore : words.columnsTry}
        </Button>
      </p>
    </div>
  );
}

/** One heading of the file and the field that it means. */
function ColumnChoice({
  column,
  batch,
  info,
  choices,
  onChoose,
}: {
  column: FileColumn;
  batch: Batch;
  info: RecordInfo;
  choices: ColumnChoices;
  onChoose: (choice: string) => void;
}) {
  const words = useWords(sendWords);
  const name = useName();
  const fieldName = useFieldName();
  const place = words.columnPlace(String(column.number));
  if (column.heading === null) {
    return (
      <>
        <span>{place}</span> <span className={styles.quiet}>{words.columnHidden}</span>
      </>
    );
  }
  const chosen = choices[column.number];
  const taken = new Set([
    ...batch.columns.filter((each) => each.reading === 'own').map((each) => each.field),
    ...Object.entries(choices).flatMap(([key, choice]) =>
      Number(key) === column.number || choice === undefined ? [] : [choice],
    ),
  ]);
  const required = new Set(missingFields(batch, {}));
  const platform = PLATFORM_FIELDS.map((field) => ({ key: field, name: fieldName([info], `/${field}`) }));
  const fields = Object.entries(info.fields).map(([key, named]) => ({ key, name: name(named) }));
  const free = [...platform, ...fields].filter(({ key }) => !taken.has(key));
  const order = [
    ...free.filter(({ key }) => required.has(key)),
    ...free.filter(({ key }) => !required.has(key)),
  ];
  return (
    <>
      <span>
        <strong translate="no">{column.heading}</strong> <span className={styles.quiet}>{place}</span>
      </span>
      <Select
        label={words.columnMeans(column.heading)}
        labelHidden
        placeholder={words.columnChoose}
        choices={[
          ...order.map(({ key, name: shown }) => ({ key, name: required.has(key) ? `${shown} *` : shown })),
          { key: NOT_READ, name: words.columnNotRead },
        ]}
        selected={chosen}
        onSelect={onChoose}
      />
    </>
  );
}
