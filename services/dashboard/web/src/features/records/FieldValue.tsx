import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import { kitWords } from '../../kit/kitWords';
import { useName } from '../../kit/language';
import { LISTED_NAMES } from '../../generated/records';
import { RecordLink } from '../../kit/records/RecordLink';
import type { FormField } from '../../kit/records/recordForm';
import { useRecordInfo, type RecordInfo } from '../../kit/records/recordDictionary';
import { useWords } from '../../kit/words';
import styles from './records.module.css';
import { useFieldWords } from './useFieldWords';
import { writeFieldValue } from './versions';

interface FieldValueProps {
  info: RecordInfo;
  field: FormField | undefined;
  value: unknown;
  province: string;
}

/** A value of a field: the name of a code with the small code, the name of a parent with its link, lists item by item. */
export function FieldValue({ info, field, value, province }: FieldValueProps) {
  const { nameOf } = useFieldWords(info);
  const kit = useWords(kitWords);
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value)) {
    const isLong = value.some((each) => typeof each === 'object') || value.length > 3;
    return isLong ? (
      <ul>
        {value.map((each, at) => (
          <li key={at}>
            <FieldValue info={info} field={field} value={each} province={province} />
          </li>
        ))}
      </ul>
    ) : (
      value.map((each, at) => (
        <span key={at}>
          {at === 0 ? null : kit.comma}
          <FieldValue info={info} field={field} value={each} province={province} />
        </span>
      ))
    );
  }
  if (typeof value === 'object') {
    return Object.entries(value).map(([key, part], at) => (
      <span key={key}>
        {at === 0 ? null : ' · '}
        <FieldValue
          info={info}
          field={field?.parts?.find((each) => each.name === key)}
          value={part}
          province={province}
        />
      </span>
    ));
  }
  const text = String(value);
  if (field?.parent) return <ParentLink record={field.parent} province={province} sourceId={text} />;
  if (field?.colleges || field?.majors) return <ListedValue code={text} />;
  const named = nameOf(field, text);
  if (named === undefined) return writeFieldValue(value);
  return field?.type === 'flag' ? (
    named
  ) : (
    <>
      {named} <small className={styles.code}>{text}</small>
    </>
  );
}

/** The name of a college or major; its code where no list has a name for it. */
function ListedValue({ code }: { code: string }) {
  const name = useName();
  const listed = LISTED_NAMES[code];
  if (!listed) return code;
  return (
    <>
      {name(listed)} <small className={styles.code}>{code}</small>
    </>
  );
}

/** Leads to the record that this one belongs to, by its name where it has one. */
function ParentLink({ record, province, sourceId }: { record: string; province: string; sourceId: string }) {
  const { info } = useRecordInfo(record);
  const title = useQuery({
    queryKey: ['title', record, province, sourceId],
    queryFn: async () => {
      const found = await fetchJson<{ fields: { name?: string; title?: string } }>(
        `/api/${info!.service}/v1/${info!.collection}/${province}/${encodeURIComponent(sourceId)}`,
      );
      return found.fields.name ?? found.fields.title ?? '';
    },
    enabled: info !== undefined,
    staleTime: Infinity,
    retry: false,
  });
  return <RecordLink record={record} province={province} sourceId={sourceId} name={title.data ?? null} />;
}
