import { useState } from 'react';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useName } from '../../kit/language';
import { FilterBar } from '../../kit/Layout';
import { useReference } from '../../kit/reference';
import { Select, type Choice } from '../../kit/Select';
import { useServiceChoices } from '../../kit/services';
import { useWords } from '../../kit/words';
import { useReferenceNames, YEAR_CLOSE } from '../../kit/figures/useReferenceNames';
import { ACTIONS } from './actions';
import {
  AUDITED_SERVICES,
  countFilters,
  FIRST_SERVICE,
  type AuditSearch,
  type AuditedService,
} from './filters';
import { words as auditWords } from './words';

const ANY = 'any';

/** Filters of the trail; they go into the address when the reader applies them. */
export function AuditFilters({
  search,
  onChange,
}: {
  search: AuditSearch;
  onChange: (search: AuditSearch) => void;
}) {
  const words = useWords(auditWords);
  const name = useName();
  const services = useServiceChoices(AUDITED_SERVICES);
  const [draft, setDraft] = useState(search);
  const set = (part: AuditSearch) => setDraft({ ...draft, ...part });
  const service = draft.service ?? FIRST_SERVICE;
  const records = useRecordChoices(service);
  const provinces = (useReference()?.provinces ?? []).filter((each) => each.sends);
  return (
    <form
      role="search"
      aria-label={words.filters}
      onSubmit={(event) => {
        event.preventDefault();
        onChange(draft);
      }}
    >
      <FilterBar>
        <Select
          label={words.service}
          choices={services}
          selected={service}
          onSelect={(key) =>
            onChange({
              ...draft,
              service: key as AuditedService,
              record: key === service ? draft.record : undefined,
            })
          }
        />
        <AnyOrOne
          label={words.action}
          any={words.anyAction}
          choices={Object.entries(ACTIONS).map(([key, action]) => ({ key, name: name(action) }))}
          selected={draft.action}
          onSelect={(action) => set({ action })}
        />
        <Field label={words.actor} value={draft.actor ?? ''} onChange={(actor) => set({ actor })} />
        {records.length > 0 ? (
          <AnyOrOne
            label={words.record}
            any={words.anyRecord}
            choices={records}
            selected={draft.record}
            onSelect={(record) => set({ record })}
          />
        ) : (
          <Field label={words.record} value={draft.record ?? ''} onChange={(record) => set({ record })} />
        )}
        <AnyOrOne
          label={words.province}
          any={words.anyProvince}
          choices={provinces.map((each) => ({ key: each.code, name: name(each) }))}
          selected={draft.province}
          onSelect={(province) => set({ province })}
        />
        <Field label={words.object} value={draft.object ?? ''} onChange={(object) => set({ object })} />
        <Field
          label={words.from}
          type="datetime-local"
          value={draft.from ?? ''}
          onChange={(from) => set({ from })}
        />
        <Field label={words.to} type="datetime-local" value={draft.to ?? ''} onChange={(to) => set({ to })} />
        <Button type="submit" kind="primary">
          {words.apply}
        </Button>
        {countFilters(search) > 0 ? (
          <Button onPress={() => onChange({ service: search.service })}>{words.clear}</Button>
        ) : null}
      </FilterBar>
    </form>
  );
}

/** The records of a service that bureaus send to; what else a service writes down has no names. */
function useRecordChoices(service: AuditedService): Choice[] {
  const reference = useReference();
  const names = useReferenceNames();
  if (!reference || service === 'indicators' || service === 'feeds') return [];
  const records = Object.entries(reference.records).filter(([, record]) => record.service === service);
  return [...records.map(([key]) => key), YEAR_CLOSE].map((key) => ({ key, name: names.record(key) }));
}

/** One of a list, or any; an address may name one that the list does not have. */
function AnyOrOne({
  label,
  any,
  choices,
  selected,
  onSelect,
}: {
  label: string;
  any: string;
  choices: Choice[];
  selected: string | undefined;
  onSelect: (key: string | undefined) => void;
}) {
  const isKnown = selected === undefined || choices.some((choice) => choice.key === selected);
  return (
    <Select
      label={label}
      choices={[{ key: ANY, name: any }, ...(isKnown ? [] : [{ key: selected, name: selected }]), ...choices]}
      selected={selected ?? ANY}
      onSelect={(key) => onSelect(key === ANY ? undefined : key)}
    />
  );
}
