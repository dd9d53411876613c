import { useMemo } from 'react';
import type { NamedChoice } from '../../kit/PickList';
import { useReference } from '../../kit/reference';
import type { CodeField } from './filter';

/** The codes that a condition can have, with their names; none where the names are not here or the codes have no list. */
export function useCodeChoices(): (field: CodeField) => readonly NamedChoice[] {
  const names = useReference();
  return useMemo(() => {
    const listed = (list: string) =>
      Object.entries(names?.codes[list] ?? {}).map(([code, { zh, en }]) => ({ code, zh, en }));
    const choices: Partial<Record<CodeField, NamedChoice[]>> = {
      countries: listed('countries'),
      regions: listed('regions'),
      provinces: (names?.provinces ?? []).filter((each) => each.sends),
      brands: listed('brands'),
    };
    return (field) => choices[field] ?? [];
  }, [names]);
}
