import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { components } from '../../generated/indicators';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { FileDrop } from '../../kit/FileDrop';
import { FormFields, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { writeSearch } from '../../kit/search';
import { ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import styles from './definitions.module.css';
import { RehearsalTable } from './RehearsalTable';
import type { RehearsalSearch } from './routes';
import { readCode, readSplits, writeSplits } from './selection';
import { words as definitionWords } from './words';

type Figure = components['schemas']['IndicatorAnswer'];
type Rehearsal = components['schemas']['Rehearsal'];

export interface RehearsalQuestion {
  code: string;
  yaml: string;
  by: string[];
  period: string;
  differing: boolean;
}

const PAGE = 500;

function rehearse(question: RehearsalQuestion): Promise<Rehearsal> {
  const { code, yaml, by, period, differing } = question;
  const query = writeSearch({ by, period, differing: differing ? 'true' : 'false', limit: PAGE });
  return fetchJson<Rehearsal>(
    `/api/indicators/v1/indicators/${encodeURIComponent(code)}/rehearsals${query}`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/yaml' },
      body: yaml,
    },
  );
}

/** Tries another definition of a figure, or a new figure, over the present records. */
export function RehearsalForm({ figure }: { figure?: Figure }) {
  const words = useWords(definitionWords);
  const names = useReferenceNames();
  const [yaml, setYaml] = useState('');
  const search = useSearch({ strict: false }) as RehearsalSearch;
  const navigate = useNavigate();
  const change = (changed: RehearsalSearch) =>
    void navigate({
      to: '.',
      search: (old) => ({ ...old, ...changed }),
      replace: true,
      resetScroll: false,
    });
  const by = readSplits(search.by);
  const period = search.period ?? '';
  const differing = search.differing ? search.differing === 'true' : figure !== undefined;
  const run = useMutation({ mutationFn: rehearse });
  const code = figure?.code ?? readCode(yaml);
  const dimensions = ['year', ...(figure?.dimensions ?? ['province', 'hostCountry', 'region'])];
  return (
    <Stack>
      <Panel title={words.rehearseTitle}>
        <FormFields
          actions={
            <Button
              kind="primary"
              isDisabled={yaml.trim() === '' || !code || run.isPending}
              onPress={() => (code ? run.mutate({ code, yaml, by, period, differing }) : undefined)}
            >
              {run.isPending ? words.running : words.run}
            </Button>
          }
        >
          <p className={styles.quiet}>{words.rehearseLead}</p>
          <FileDrop accept={['.yaml', '.yml']} onFile={(file) => void file.text().then(setYaml)} />
          <Field label={words.yaml} value={yaml} onChange={setYaml} rows={14} isRequired />
          <fieldset className={styles.choices}>
            <legend>{words.by}</legend>
            {dimensions.map((dimension) => (
              <label key={dimension}>
                <input
                  type="checkbox"
                  checked={by.includes(dimension)}
                  onChange={(event) =>
                    change({
                      by: writeSplits(
                        event.target.checked ? [...by, dimension] : by.filter((each) => each !== dimension),
                      ),
                    })
                  }
                />{' '}
                {dimension === 'year' ? words.year : names.dimension(dimension)}
              </label>
            ))}
          </fieldset>
          <Field
            label={words.periodLabel}
            hint={words.periodHint}
            value={period}
            onChange={(text) => change({ period: text.trim() || undefined })}
          />
          <label>
            <input
              type="checkbox"
              checked={differing}
              onChange={(event) => change({ differing: event.target.checked ? 'true' : 'false' })}
            />{' '}
            {words.differing}
          </label>
          {run.isError ? <ErrorMessage error={run.error} /> : null}
        </FormFields>
      </Panel>
      {run.data ? <RehearsalTable rehearsal={run.data} /> : null}
    </Stack>
  );
}
