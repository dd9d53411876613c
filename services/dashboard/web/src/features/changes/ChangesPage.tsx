import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { formatMoment, readBeijingMoment, useFormats } from '../../kit/formats';
import { PageTitle, Stack } from '../../kit/Layout';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { components } from '../../generated/indicators';
import styles from './changes.module.css';
import { MovedFigures } from './MovedFigures';
import { SentRecords } from './SentRecords';
import { words } from './words';

export type Overview = components['schemas']['OverviewAnswer'];

const DAY = 86_400_000;
const STEPS = [
  ['day', DAY],
  ['week', 7 * DAY],
  ['month', 30 * DAY],
] as const;

/** What moved since a moment, over all figures, and who sent what. */
export function ChangesPage() {
  const text = useWords(words);
  const formats = useFormats();
  const { from: asked } = useSearch({ from: '/changes' });
  const navigate = useNavigate({ from: '/changes' });
  const [opened] = useState(() => Date.now());
  const from = asked ?? new Date(opened - DAY).toISOString();
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? formatMoment(from);
  const moment = readBeijingMoment(shown);
  const address = `/api/indicators/v1/changes?from=${encodeURIComponent(from)}`;
  const query = useQuery({
    queryKey: ['indicators', 'changes', address],
    queryFn: ({ signal }) => fetchJson<Overview>(address, { signal }),
    staleTime: 60_000,
  });
  const show = (since: string) => {
    setTyped(undefined);
    void navigate({ search: (before) => ({ ...before, from: since }) });
  };
  return (
    <Stack>
      <PageTitle
        title={text.title}
        {...(query.data
          ? { lead: text.lead(formats.moment(query.data.from), formats.moment(query.data.position.time)) }
          : {})}
      />
      <form
        className={styles.since}
        onSubmit={(event) => {
          event.preventDefault();
          if (moment) show(moment);
        }}
      >
        <Field
          label={text.from}
          value={shown}
          onChange={setTyped}
          hint={text.hint}
          {...(moment ? {} : { error: text.wrong })}
        />
        <Button type="submit" kind="primary" isDisabled={!moment}>
          {text.show}
        </Button>
        {STEPS.map(([key, span]) => (
          <Button key={key} onPress={() => show(new Date(Date.now() - span).toISOString())}>
            {text[key]}
          </Button>
        ))}
      </form>
      {query.isPending ? <StateMessage>{text.asking}</StateMessage> : null}
      <Answer query={query} lines={10}>
        {(overview) => (
          <Stack>
            <MovedFigures overview={overview} from={from} />
            <SentRecords overview={overview} />
            <p className={styles.files}>
              <a href={`${address}&format=csv`} download>
                {text.csv}
              </a>
              <a href={`${address}&format=xlsx`} download>
                {text.xlsx}
              </a>
            </p>
          </Stack>
        )}
      </Answer>
    </Stack>
  );
}
