import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/indicators';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { FileDrop } from '../../kit/FileDrop';
import { useFormats } from '../../kit/formats';
import { FormFields } from '../../kit/Layout';
import { writeSearch } from '../../kit/search';
import { ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './reconciliation.module.css';
import { words as reconciliationWords } from './words';

type Loaded = components['schemas']['LoadAnswer'];

interface Draft {
  set: string;
  title: string;
  source: string;
  publishedOn: string;
  file: File | undefined;
}

function send(draft: Draft, dryRun: boolean): Promise<Loaded> {
  const { set, title, source, publishedOn, file } = draft;
  const query = writeSearch({
    title,
    source,
    publishedOn: publishedOn || undefined,
    dryRun: dryRun || undefined,
  });
  return fetchJson<Loaded>(`/api/indicators/v1/published-sets/${encodeURIComponent(set)}${query}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'text/csv' },
    body: file ?? null,
  });
}

/** Loads a set: a dry run checks each line first, and only what was tried can be loaded. */
export function LoadSetForm() {
  const words = useWords(reconciliationWords);
  const formats = useFormats();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>({
    set: '',
    title: '',
    source: '',
    publishedOn: '',
    file: undefined,
  });
  const [tried, setTried] = useState<Draft>();
  const trial = useMutation({
    mutationFn: (wanted: Draft) => send(wanted, true),
    onSuccess: (_, wanted) => setTried(wanted),
  });
  const load = useMutation({
    mutationFn: (wanted: Draft) => send(wanted, false),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['indicators'] }),
  });
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    trial.reset();
    load.reset();
  };
  const complete = draft.set && draft.title && draft.source && draft.file;
  const isTried = tried === draft && trial.isSuccess;
  const outcome = trial.data;
  return (
    <FormFields
      actions={
        <>
          <Button isDisabled={!complete || trial.isPending} onPress={() => trial.mutate(draft)}>
            {trial.isPending ? words.trying : words.tryIt}
          </Button>
          <Button
            kind="primary"
            isDisabled={
              !isTried || outcome?.outcome !== 'would-be-created' || load.isPending || load.isSuccess
            }
            onPress={() => load.mutate(draft)}
          >
            {load.isPending ? words.storing : words.store}
          </Button>
        </>
      }
    >
      <p className={styles.quiet}>{words.loadLead}</p>
      <FileDrop
        accept={['.csv']}
        onFile={(file) => change({ file })}
        {...(draft.file
          ? { hint: words.chosen(draft.file.name, `${formats.number(draft.file.size)} B`) }
          : {})}
      />
      <Field
        label={words.nameLabel}
        hint={words.nameHint}
        value={draft.set}
        onChange={(set) => change({ set: set.trim() })}
        isRequired
      />
      <Field
        label={words.titleLabel}
        value={draft.title}
        onChange={(title) => change({ title })}
        isRequired
      />
      <Field
        label={words.sourceLabel}
        value={draft.source}
        onChange={(source) => change({ source })}
        isRequired
      />
      <Field
        label={words.publishedOnLabel}
        hint={words.dateHint}
        value={draft.publishedOn}
        onChange={(publishedOn) => change({ publishedOn: publishedOn.trim() })}
      />
      {trial.isError ? <ErrorMessage error={trial.error} /> : null}
      {load.isError ? <ErrorMessage error={load.error} /> : null}
      {outcome && isTried && !load.isSuccess ? (
        <StateMessage>
          <p role="status">
            {outcome.outcome === 'unchanged'
              ? words.unchanged(outcome.set.version)
              : words.wouldCreate(outcome.set.version, formats.number(outcome.set.lines))}
          </p>
        </StateMessage>
      ) : null}
      {load.data ? (
        <StateMessage>
          <p role="status">✓ {words.created(load.data.set.version)}</p>
        </StateMessage>
      ) : null}
    </FormFields>
  );
}
