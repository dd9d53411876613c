import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { RECORD_FORMS } from '../../generated/records';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { PathLink } from '../../kit/PathLink';
import { useSession } from '../../kit/session';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { RecordLink } from '../../kit/records/RecordLink';
import { useServices, type RecordInfo } from '../../kit/records/recordDictionary';
import type { FormField } from '../../kit/records/recordForm';
import { FieldValue } from './FieldValue';
import styles from './records.module.css';
import { useFieldWords } from './useFieldWords';
import type { RecordVersion } from './versions';
import { words } from './words';

/** As many as a list gives at once. */
const MOST_CHILDREN = 1000;
const FIRST_CHILDREN = 12;

/** The records that belong to a record, kind by kind: students and trainings of a school, recognitions of a standard. */
export function ChildRecords({
  info,
  province,
  sourceId,
}: {
  info: RecordInfo;
  province: string;
  sourceId: string;
}) {
  const kinds = useServices().flatMap((service) => service.data?.records ?? []);
  return kinds.flatMap((kind) =>
    (RECORD_FORMS[kind.record]?.fields ?? [])
      .filter((field) => field.parent === info.record)
      .map((field) => (
        <ChildTable key={kind.record} kind={kind} parent={field} province={province} sourceId={sourceId} />
      )),
  );
}

function ChildTable({
  kind,
  parent,
  province,
  sourceId,
}: {
  kind: RecordInfo;
  parent: FormField;
  province: string;
  sourceId: string;
}) {
  const text = useWords(words);
  const name = useName();
  const { number } = useFormats();
  const { heading } = useFieldWords(kind);
  const session = useSession();
  const [all, setAll] = useState(false);
  const children = useQuery({
    queryKey: [kind.service, 'children', kind.collection, parent.name, province, sourceId],
    queryFn: async ({ signal }) => {
      const { items } = await fetchJson<{ items: RecordVersion[] }>(
        `/api/${kind.service}/v1/${kind.collection}?${new URLSearchParams({
          [parent.name]: sourceId,
          limit: String(MOST_CHILDREN),
        })}`,
        { signal },
      );
      // A key is one within a province; readers of all provinces get those of the others, too.
      return items.filter((each) => each.province === province).sort(byNewest);
    },
  });
  const fields = (RECORD_FORMS[kind.record]?.fields ?? []).filter(
    (field) => !field.parent && field.type !== 'objects' && !field.personal,
  );
  const columns: Column<RecordVersion>[] = [
    {
      key: 'key',
      head: text.key,
      rowHead: true,
      cell: (row) => <RecordLink record={kind.record} province={row.province} sourceId={row.sourceId} />,
    },
    ...fields.map(
      (field): Column<RecordVersion> => ({
        key: field.name,
        head: heading(field.name),
        ...(field.type === 'integer' && field.name !== 'year' ? { align: 'end' as const } : {}),
        cell: (row) => (
          <FieldValue info={kind} field={field} value={row.fields[field.name]} province={row.province} />
        ),
        sortBy: (row) => row.fields[field.name] as string | number | undefined,
      }),
    ),
  ];
  return (
    <Panel
      actions={
        session.role === 'bureau' && session.province === province ? (
          <PathLink path={`/records/${kind.record}/new`} search={{ parent: `${parent.name}:${sourceId}` }}>
            {text.addChild}
          </PathLink>
        ) : undefined
      }
      title={`${text.children}${children.data ? text.ofKind(name(kind.name), number(children.data.length)) : name(kind.name)}`}
    >
      <Answer query={children}>
        {(rows) =>
          rows.length === 0 ? (
            <p className={styles.quiet}>{text.noChildren}</p>
          ) : (
            <>
              <DataTable
                name={kind.record}
                caption={name(kind.name)}
                captionHidden
                columns={columns}
                rows={all ? rows : rows.slice(0, FIRST_CHILDREN)}
                rowKey={(row) => row.sourceId}
              />
              {all || rows.length <= FIRST_CHILDREN ? null : (
                <p>
                  <Button onPress={() => setAll(true)}>{text.allChildren(number(rows.length))}</Button>
                </p>
              )}
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

/** The day or year of a record decides, the newest first. */
function byNewest(one: RecordVersion, other: RecordVersion): number {
  const dayOf = ({ fields }: RecordVersion) =>
    String(fields.year ?? fields.startedOn ?? fields.decidedOn ?? '');
  return dayOf(other).localeCompare(dayOf(one)) || one.sourceId.localeCompare(other.sourceId);
}
