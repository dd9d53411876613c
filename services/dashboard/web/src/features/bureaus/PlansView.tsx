import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DataTable, type Column } from '../../kit/DataTable';
import { FileDrop } from '../../kit/FileDrop';
import { currentYear, useFormats } from '../../kit/formats';
import { FilterBar, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Select } from '../../kit/Select';
import { useSession } from '../../kit/session';
import { Answer, ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './bureaus.module.css';
import { loadPlan, plansQuery, type Plan } from './queries';
import { words as bureauWords } from './words';

/** Plans of years: operators and auditors read them, operators load them. */
export function PlansView() {
  const words = useWords(bureauWords);
  const { number, moment } = useFormats();
  const session = useSession();
  const plans = useQuery(plansQuery);
  const columns: Column<Plan>[] = [
    { key: 'year', head: words.year, rowHead: true, cell: (plan) => plan.year, sortBy: (plan) => plan.year },
    { key: 'lines', head: words.planLines, align: 'end', cell: (plan) => number(plan.lines) },
    { key: 'version', head: words.planVersion, align: 'end', cell: (plan) => plan.version },
    { key: 'loaded', head: words.planLoaded, cell: (plan) => moment(plan.loadedAt) },
    { key: 'by', head: words.planBy, cell: (plan) => plan.loadedBy },
    {
      key: 'file',
      head: words.planDownload,
      cell: (plan) => (
        <a href={`/api/indicators/v1/plans/${plan.year}`} download={`plan-${plan.year}.csv`}>
          {words.planOf(String(plan.year))}
        </a>
      ),
    },
  ];
  return (
    <Stack>
      <Panel title={words.tabPlans}>
        <p className={styles.lead}>{words.plansLead}</p>
        <Answer query={plans} lines={3}>
          {(answer) =>
            answer.items.length === 0 ? (
              <p>{words.plansNone}</p>
            ) : (
              <DataTable
                caption={words.tabPlans}
                captionHidden
                columns={columns}
                rows={answer.items}
                rowKey={(plan) => String(plan.year)}
              />
            )
          }
        </Answer>
      </Panel>
      {session.role === 'operator' ? <PlanLoader /> : null}
    </Stack>
  );
}

function PlanLoader() {
  const words = useWords(bureauWords);
  const client = useQueryClient();
  const newest = currentYear() + 1;
  const [year, setYear] = useState(String(newest - 1));
  const loading = useMutation({
    mutationFn: (file: File) => loadPlan(Number(year), file),
    onSuccess: () => client.invalidateQueries({ queryKey: plansQuery.queryKey }),
  });
  return (
    <Panel title={words.planLoad}>
      <Stack>
        <FilterBar>
          <Select
            label={words.planYear}
            choices={Array.from({ length: 4 }, (_, index) => String(newest - index)).map((key) => ({
              key,
              name: key,
            }))}
            selected={year}
            onSelect={setYear}
          />
        </FilterBar>
        <FileDrop
          accept={['.csv']}
          hint={words.planHint}
          isDisabled={loading.isPending}
          onFile={(file) => loading.mutate(file)}
        />
        {loading.isError ? <ErrorMessage error={loading.error} /> : null}
        {loading.isSuccess ? (
          <p role="status">
            {loading.data.changed
              ? words.planStored(String(loading.data.plan.year), String(loading.data.plan.version))
              : words.planSame(String(loading.data.plan.year))}
          </p>
        ) : null}
      </Stack>
    </Panel>
  );
}
