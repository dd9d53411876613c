import { useQueries } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import { kitWords } from '../../kit/kitWords';
import { useLanguage, useName, type Named } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { PathLink } from '../../kit/PathLink';
import { findingDetail } from '../../kit/problems';
import { useWords } from '../../kit/words';
import { useFieldName } from '../../kit/records/fieldNames';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import styles from './records.module.css';
import type { RecordVersion } from './versions';
import { words } from './words';

interface Rule {
  repair: Named;
}

/** What rules warned of in a version, each with what to do about it. Rules that had nothing to say are not listed. */
export function RecordWarnings({ info, version }: { info: RecordInfo; version: RecordVersion }) {
  const text = useWords(words);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const name = useName();
  const fieldName = useFieldName();
  const warnings = version.warnings ?? [];
  const rules = useQueries({
    queries: warnings.map(({ rule }) => ({
      queryKey: [info.service, 'rule', rule],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchJson<Rule>(`/api/${info.service}/v1/rules/${encodeURIComponent(rule)}`, { signal }),
      staleTime: Infinity,
    })),
  });
  if (warnings.length === 0) return null;
  return (
    <Panel title={text.warnings}>
      <ul className={styles.warnings}>
        {warnings.map((warning, at) => (
          <li key={warning.rule + warning.pointer}>
            {fieldName([info], warning.pointer)}
            {kit.colon}
            {findingDetail(warning, language)}
            {rules[at]?.data ? (
              <p className={styles.quiet}>
                {text.repair}
                {kit.colon}
                {name(rules[at].data.repair)}{' '}
                <PathLink
                  path={`/rules/${encodeURIComponent(warning.rule)}`}
                  search={{ service: info.service }}
                >
                  {text.rule}
                </PathLink>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
