import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { components } from '../../generated/overseas';
import { fetchJson } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { Field } from '../../kit/Field';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { FilterBar, PageTitle } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { writeSearch } from '../../kit/search';
import { Select } from '../../kit/Select';
import { useServiceChoices } from '../../kit/services';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { RuleDays, SeverityBadge } from './RuleParts';
import { RULED_SERVICES, SEVERITIES, type RuledService } from './routes';
import { findRules, listRecords } from './selection';
import { words as ruleWords } from './words';

type Rule = components['schemas']['Rule'];

const route = getRouteApi('/rules');
const ANY = 'any';
const FIRST_SERVICE: RuledService = 'overseas';

/** The rules of the data of one service, and how to correct what breaks them. */
export function RulesPage() {
  const words = useWords(ruleWords);
  const formats = useFormats();
  const { service = FIRST_SERVICE, record, severity, find } = route.useSearch();
  const navigate = route.useNavigate();
  const names = useReferenceNames();
  const services = useServiceChoices(RULED_SERVICES);
  const path = `/api/${service}/v1/rules`;
  const all = useQuery({ queryKey: [service, 'rules'], queryFn: () => fetchJson<{ items: Rule[] }>(path) });
  const query = writeSearch({ record, severity });
  const answer = useQuery({
    queryKey: [service, 'rules', record, severity],
    queryFn: () => fetchJson<{ items: Rule[] }>(path + query),
    placeholderData: keepPreviousData,
  });
  const records = listRecords(all.data?.items ?? []);
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} />
      <FilterBar>
        <Select
          label={words.service}
          choices={services}
          selected={service}
          onSelect={(key) =>
            void navigate({ search: (now) => ({ ...now, service: key as RuledService, record: undefined }) })
          }
        />
        <Select
          label={words.record}
          choices={[
            { key: ANY, name: words.allRecords },
            ...records.map((key) => ({ key, name: names.record(key) })),
          ]}
          selected={record ?? ANY}
          onSelect={(key) =>
            void navigate({ search: (now) => ({ ...now, record: key === ANY ? undefined : key }) })
          }
        />
        <Select
          label={words.severity}
          choices={[
            { key: ANY, name: words.anySeverity },
            ...SEVERITIES.map((key) => ({ key, name: words[key] })),
          ]}
          selected={severity ?? ANY}
          onSelect={(key) =>
            void navigate({
              search: (now) => ({ ...now, severity: SEVERITIES.find((each) => each === key) }),
            })
          }
        />
        <Field
          label={words.find}
          type="search"
          value={find ?? ''}
          onChange={(text) =>
            void navigate({ search: (now) => ({ ...now, find: text || undefined }), replace: true })
          }
        />
      </FilterBar>
      <Panel title={words.title}>
        <Answer query={answer} lines={12}>
          {(found) => {
            const shown = findRules(found.items, find);
            return shown.length === 0 ? (
              <StateMessage>
                <p>
                  {words.none} {words.noneNext}
                </p>
              </StateMessage>
            ) : (
              <RuleTable
                rules={shown}
                service={service}
                caption={words.count(formats.number(shown.length))}
              />
            );
          }}
        </Answer>
      </Panel>
    </>
  );
}

function RuleTable({ rules, service, caption }: { rules: Rule[]; service: RuledService; caption: string }) {
  const words = useWords(ruleWords);
  const name = useName();
  const names = useReferenceNames();
  const columns: Column<Rule>[] = [
    {
      key: 'rule',
      head: words.rule,
      rowHead: true,
      sortBy: (rule) => rule.id,
      cell: (rule) => (
        <Link to="/rules/$rule" params={{ rule: rule.id }} search={{ service }}>
          {rule.id}
        </Link>
      ),
    },
    {
      key: 'severity',
      head: words.severity,
      sortBy: (rule) => rule.severity,
      cell: (rule) => <SeverityBadge severity={rule.severity} />,
    },
    { key: 'holds', head: words.holds, cell: (rule) => name(rule.holds) },
    { key: 'repair', head: words.repair, cell: (rule) => name(rule.repair) },
    {
      key: 'records',
      head: words.record,
      cell: (rule) =>
        rule.records.map((each) => (each === 'all' ? words.everyRecord : names.record(each))).join(', '),
    },
    { key: 'days', head: words.inForce, cell: (rule) => <RuleDays rule={rule} /> },
  ];
  return <DataTable caption={caption} columns={columns} rows={rules} rowKey={(rule) => rule.id} />;
}
