import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { fetchJson } from '../../kit/api';
import { useName, type Named } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { PathLink } from '../../kit/PathLink';
import { useWords } from '../../kit/words';
import { useDefinitions } from '../../kit/figures/useFigure';
import styles from './records.module.css';
import { words } from './words';

interface Rule {
  id: string;
  records: string[];
  holds: Named;
}

/** The figures that count records of this kind, and the rules that hold of them. */
export function RecordFigures({ record, service }: { record: string; service: string }) {
  const text = useWords(words);
  const name = useName();
  const figures = useDefinitions();
  const rules = useQuery({
    queryKey: [service, 'rules', record],
    queryFn: ({ signal }) =>
      fetchJson<{ items: Rule[] }>(`/api/${service}/v1/rules?record=${record}`, { signal }),
    staleTime: 300_000,
  });
  const counting = (figures.data?.items ?? []).filter((figure) => figure.record === record);
  const own = (rules.data?.items ?? []).filter((rule) => rule.records.includes(record));
  return (
    <>
      <Panel title={text.figures}>
        <ul className={styles.figures}>
          {counting.map((figure) => (
            <li key={figure.code}>
              <Link to="/explore/$code" params={{ code: figure.code }}>
                {name(figure.name)}
              </Link>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={text.rules}>
        <ul className={styles.rules}>
          {own.map((rule) => (
            <li key={rule.id}>
              <PathLink path={`/rules/${encodeURIComponent(rule.id)}`}>{rule.id}</PathLink> {name(rule.holds)}
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
