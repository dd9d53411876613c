import { useState } from 'react';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useName } from '../../kit/language';
import { FilterBar } from '../../kit/Layout';
import { Select } from '../../kit/Select';
import { useServiceChoices } from '../../kit/services';
import { useWords } from '../../kit/words';
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
  const known = draft.action && !(draft.action in ACTIONS) ? [{ key: draft.action, name: draft.action }] : [];
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
          selected={draft.service ?? FIRST_SERVICE}
          onSelect={(key) => onChange({ ...draft, service: key as AuditedService })}
        />
        <Select
          label={words.action}
          choices={[
            { key: ANY, name: words.anyAction },
            ...known,
            ...Object.entries(ACTIONS).map(([key, action]) => ({ key, name: name(action) })),
          ]}
          selected={draft.action ?? ANY}
          onSelect={(key) => set({ action: key === ANY ? undefined : key })}
        />
        <Field label={words.actor} value={draft.actor ?? ''} onChange={(actor) => set({ actor })} />
        <Field label={words.record} value={draft.record ?? ''} onChange={(record) => set({ record })} />
        <Field
          label={words.province}
          value={draft.province ?? ''}
          onChange={(province) => set({ province })}
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
