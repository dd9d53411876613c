import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { components } from '../../generated/overseas';
import { fetchJson } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { PathLink } from '../../kit/PathLink';
import { Panel } from '../../kit/Panel';
import { writeSearch } from '../../kit/search';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useFieldName } from '../../kit/records/fieldNames';
import { useServices } from '../../kit/records/recordDictionary';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import styles from './bureaus.module.css';
import { SERVICES, type Service } from './completeness';
import { words as bureauWords } from './words';

/** A cause of refused rows over the files of one service. */
type Cause = components['schemas']['RefusalCause'] & { service: Service };

/** Reads the causes of each service, the most frequent first. */
async function readCauses(province: string | undefined, signal: AbortSignal): Promise<Cause[]> {
  const answers = await Promise.all(
    SERVICES.map(async (service) => {
      const path = `/api/${service}/v1/refusals${writeSearch({ province })}`;
      const answer = await fetchJson<components['schemas']['RefusalCauses']>(path, { signal });
      return answer.items.map((cause) => ({ ...cause, service }));
    }),
  );
  return answers.flat().sort((a, b) => b.rows - a.rows || b.files - a.files || a.rule.localeCompare(b.rule));
}

/** What goes wrong most often, over files and provinces. */
export function CausesView({ province }: { province?: string }) {
  const words = useWords(bureauWords);
  const { number, language, moment } = useFormats();
  const name = useName();
  const names = useReportingProvinces();
  const records = useServices().flatMap((service) => service.data?.records ?? []);
  const found = useQuery({
    queryKey: ['causes', province ?? ''],
    queryFn: ({ signal }) => readCauses(province, signal),
    staleTime: 60_000,
  });
  const fieldName = useFieldName();
  const columnName = (cause: Cause) =>
    fieldName(
      records.filter((each) => cause.records.includes(each.record)),
      cause.pointer,
    );
  const columns: Column<Cause>[] = [
    {
      key: 'cause',
      head: words.cause,
      rowHead: true,
      cell: (cause) => (
        <>
          <span className={styles.cause}>{language === 'zh' ? cause.detailZh : cause.detail}</span>{' '}
          <PathLink path={`/rules/${cause.rule}`}>{cause.rule}</PathLink>
        </>
      ),
      sortBy: (cause) => cause.rule,
    },
    { key: 'column', head: words.column, cell: columnName, sortBy: columnName },
    {
      key: 'values',
      head: words.values,
      cell: (cause) =>
        cause.values
          .map(({ value, rows }) => `${value} ×${number(rows)}`)
          .join(language === 'zh' ? '；' : '; '),
    },
    {
      key: 'rows',
      head: words.rows,
      align: 'end',
      cell: (cause) => (cause.rows === 0 ? words.wholeFile : number(cause.rows)),
      sortBy: (cause) => cause.rows,
    },
    {
      key: 'files',
      head: words.files,
      align: 'end',
      cell: (cause) => number(cause.files),
      sortBy: (cause) => cause.files,
    },
    ...(province
      ? []
      : [
          {
            key: 'provinces',
            head: words.provinces,
            cell: (cause: Cause) =>
              cause.provinces
                .map((code) => {
                  const found = names.get(code);
                  return found ? name(found) : code;
                })
                .join(language === 'zh' ? '、' : ', '),
            sortBy: (cause: Cause) => cause.provinces.length,
          },
        ]),
    {
      key: 'seen',
      head: words.lastSeen,
      cell: (cause) => (
        <Link to="/submissions/$service/$batch" params={{ service: cause.service, batch: cause.batch }}>
          {moment(cause.lastSeenAt)}
        </Link>
      ),
      sortBy: (cause) => cause.lastSeenAt,
    },
    {
      key: 'repair',
      head: words.repair,
      cell: (cause) => (
        <span className={styles.cause}>{language === 'zh' ? cause.repairZh : cause.repair}</span>
      ),
    },
  ];
  return (
    <Panel title={words.tabCauses}>
      <p className={styles.lead}>{words.causesLead}</p>
      <Answer query={found} lines={6}>
        {(causes) =>
          causes.length === 0 ? (
            <p>{words.causesNone}</p>
          ) : (
            <DataTable
              caption={words.tabCauses}
              captionHidden
              columns={columns}
              rows={causes}
              rowKey={(cause) => `${cause.service}|${cause.rule}|${cause.pointer}`}
            />
          )
        }
      </Answer>
    </Panel>
  );
}
