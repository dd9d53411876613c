import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { components } from '../../generated/overseas';
import { fetchJson } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useName } from '../../kit/language';
import { Facts, PageTitle, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { RuleDays, SeverityBadge } from './RuleParts';
import { words as ruleWords } from './words';

type Rule = components['schemas']['Rule'];
type Amendment = components['schemas']['RuleChange'];

const route = getRouteApi('/rules/$rule');

/** One rule: what has to hold, how to correct what breaks it, and how the rule was amended. */
export function RulePage() {
  const words = useWords(ruleWords);
  const name = useName();
  const names = useReferenceNames();
  const { rule: id } = route.useParams();
  const { service = 'overseas' } = route.useSearch();
  const answer = useQuery({
    queryKey: [service, 'rules', 'one', id],
    queryFn: () => fetchJson<Rule>(`/api/${service}/v1/rules/${encodeURIComponent(id)}`),
  });
  const columns: Column<Amendment>[] = [
    { key: 'date', head: words.inForce, rowHead: true, cell: (amendment) => amendment.date },
    { key: 'text', head: words.amendments, cell: (amendment) => name(amendment) },
  ];
  return (
    <>
      <PageTitle
        back={
          <Link to="/rules" search={{ service }}>
            ← {words.back}
          </Link>
        }
        title={id}
      />
      <Answer query={answer}>
        {(rule) => (
          <Stack>
            <Panel title={words.rule}>
              <Facts
                items={[
                  { term: words.holds, value: name(rule.holds) },
                  { term: words.repair, value: name(rule.repair) },
                  {
                    term: words.severity,
                    value: (
                      <>
                        <SeverityBadge severity={rule.severity} />{' '}
                        {rule.severity === 'refuse' ? words.refuseHint : words.warnHint}
                      </>
                    ),
                  },
                  {
                    term: words.record,
                    value: rule.records
                      .map((each) => (each === 'all' ? words.everyRecord : names.record(each)))
                      .join(', '),
                  },
                  { term: words.inForce, value: <RuleDays rule={rule} /> },
                  { term: words.setting, value: rule.fixed ? words.fixed : words.adjustable },
                ]}
              />
            </Panel>
            <Panel title={words.amendments}>
              <DataTable
                caption={words.amendments}
                captionHidden
                columns={columns}
                rows={rule.amendments}
                rowKey={(each) => each.date + each.en}
              />
            </Panel>
          </Stack>
        )}
      </Answer>
    </>
  );
}
