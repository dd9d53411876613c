import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/feeds';
import { feeds, fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useFormats } from '../../kit/formats';
import { Facts, FormFields, Stack } from '../../kit/Layout';
import { placeFindings } from '../../kit/problems';
import { ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { CODE_FIELDS, toDraft, toFilter, type FilterDraft } from './filter';
import { CheckGroup, FilterFields, type FeedRecord } from './FilterFields';
import type { Grant } from './GrantsView';
import { useFeedsRefresh } from './queries';
import { words as allianceWords } from './words';

/** A grant names no colleges; its members do that. */
const GRANT_CODES = CODE_FIELDS.filter((field) => field !== 'colleges');
/** Fields of the request that the form has. */
const GRANT_FIELDS = ['records', ...GRANT_CODES, 'grantedFields', 'legalBasis', 'from', 'until'];

interface GrantDraft {
  id: string;
  filter: FilterDraft<FeedRecord>;
  fields: string[];
  figureEvents: boolean;
  legalBasis: string;
  from: string;
  until: string;
}

function draftOf(grant: Grant | undefined): GrantDraft {
  return {
    id: grant?.id ?? '',
    filter: toDraft<FeedRecord>(grant),
    fields: grant?.grantedFields ?? [],
    figureEvents: grant?.figureEvents ?? false,
    legalBasis: grant?.legalBasis ?? '',
    from: grant?.from ?? '',
    until: grant?.until ?? '',
  };
}

function send(
  alliance: string,
  draft: GrantDraft,
  version: number | undefined,
  dryRun: boolean,
): Promise<Grant> {
  const { id, filter, fields, figureEvents, legalBasis, from, until } = draft;
  const body = {
    ...toFilter(filter),
    grantedFields: fields.filter((field) => filter.records.some((record) => field.startsWith(`${record}.`))),
    figureEvents,
    legalBasis,
    from,
    ...(until ? { until } : {}),
  };
  return fetchJson<Grant>(
    `/api/feeds/v1/alliances/${alliance}/grants/${encodeURIComponent(id)}${dryRun ? '?dryRun=true' : ''}`,
    {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', ...(version ? { 'If-Match': `"${version}"` } : {}) },
      body: JSON.stringify(body),
    },
  );
}

/** Writes a grant: its effect is shown first, and only what was tried can be saved. */
export function GrantForm({
  alliance,
  grant,
  isSuspended,
  onDone,
}: {
  alliance: string;
  grant?: Grant;
  isSuspended: boolean;
  onDone: () => void;
}) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const names = useReferenceNames();
  const refresh = useFeedsRefresh();
  const [draft, setDraft] = useState(() => draftOf(grant));
  const grantable = useQuery(feeds.read('/v1/grantable-fields'));
  const trial = useMutation({
    mutationFn: (wanted: GrantDraft) => send(alliance, wanted, grant?.version, true),
  });
  const write = useMutation({
    mutationFn: (wanted: GrantDraft) => send(alliance, wanted, grant?.version, false),
    onSuccess: refresh,
  });
  const change = (part: Partial<GrantDraft>) => {
    setDraft({ ...draft, ...part });
    write.reset();
  };
  const { at: wrong, error } = placeFindings(write.error ?? trial.error, GRANT_FIELDS, formats.language);
  const wrongAt = (field: string) => (wrong[field] === undefined ? {} : { error: wrong[field] });
  const isTried = trial.isSuccess && trial.variables === draft;
  const isComplete = draft.id && draft.filter.records.length > 0 && draft.legalBasis && draft.from;
  const records = grantable.data?.items ?? [];
  const fields = records
    .filter((each) => draft.filter.records.some((record) => record === each.record))
    .flatMap((each) => each.grantableFields.map((field) => `${each.record}.${field}`));
  if (write.data) {
    return (
      <Stack>
        <StateMessage>
          <p role="status">✓ {words.grantSaved(formats.number(write.data.effect?.records ?? 0))}</p>
        </StateMessage>
        <p>
          <Button onPress={onDone}>{words.close}</Button>
        </p>
      </Stack>
    );
  }
  return (
    <FormFields
      actions={
        <>
          <Button isDisabled={!isComplete || trial.isPending} onPress={() => trial.mutate(draft)}>
            {trial.isPending ? words.tryingEffect : words.tryEffect}
          </Button>
          <Button kind="primary" isDisabled={!isTried || write.isPending} onPress={() => write.mutate(draft)}>
            {write.isPending ? words.saving : words.grant}
          </Button>
          <Button onPress={onDone}>{words.cancel}</Button>
        </>
      }
    >
      {grant ? null : (
        <Field
          label={words.grantId}
          hint={words.grantIdHint}
          value={draft.id}
          onChange={(id) => change({ id: id.trim() })}
          isRequired
        />
      )}
      <FilterFields
        draft={draft.filter}
        records={records.map((each) => each.record as FeedRecord)}
        fields={GRANT_CODES}
        wrong={wrong}
        onChange={(filter) => change({ filter })}
      />
      {fields.length > 0 ? (
        <CheckGroup
          legend={words.openedFields}
          hint={words.openedFieldsHint}
          choices={fields}
          nameOf={names.field}
          selected={draft.fields}
          {...wrongAt('grantedFields')}
          onChange={(chosen) => change({ fields: chosen })}
        />
      ) : (
        <p>{words.noGrantableFields}</p>
      )}
      <label>
        <input
          type="checkbox"
          checked={draft.figureEvents}
          onChange={(event) => change({ figureEvents: event.target.checked })}
        />{' '}
        {words.figureEvents}
      </label>
      <Field
        label={words.legalBasis}
        value={draft.legalBasis}
        {...wrongAt('legalBasis')}
        onChange={(legalBasis) => change({ legalBasis })}
        isRequired
      />
      <Field
        label={words.from}
        hint={words.dateHint}
        value={draft.from}
        {...wrongAt('from')}
        onChange={(from) => change({ from: from.trim() })}
        isRequired
      />
      <Field
        label={words.until}
        hint={words.untilHint}
        value={draft.until}
        {...wrongAt('until')}
        onChange={(until) => change({ until: until.trim() })}
      />
      {error === undefined ? null : <ErrorMessage error={error} />}
      {trial.data?.effect ? (
        isTried ? (
          <GrantEffectView effect={trial.data.effect} from={draft.from} isSuspended={isSuspended} />
        ) : (
          <p role="status">{words.changedSince}</p>
        )
      ) : null}
    </FormFields>
  );
}

function GrantEffectView({
  effect,
  from,
  isSuspended,
}: {
  effect: components['schemas']['GrantEffect'];
  from: string;
  isSuspended: boolean;
}) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const isLater = from > formats.day(new Date());
  return (
    <StateMessage tone={effect.recordsOut > 0 ? 'caution' : 'quiet'}>
      <Stack>
        <h3>{words.effect}</h3>
        <Facts
          items={[
            { term: words.effectIn, value: `▲ ${formats.number(effect.recordsIn)}` },
            { term: words.effectOut, value: `▼ ${formats.number(effect.recordsOut)}` },
            { term: words.effectAll, value: formats.number(effect.records) },
          ]}
        />
        <p>{isSuspended ? words.effectSuspended : isLater ? words.effectLater(from) : words.effectToday}</p>
      </Stack>
    </StateMessage>
  );
}
