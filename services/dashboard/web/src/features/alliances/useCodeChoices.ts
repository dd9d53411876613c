import { useMemo } from 'react';
import { useName } from '../../kit/language';
import type { NamedChoice } from '../../kit/PickList';
import { findCodeName, useReference, useUnnamed } from '../../kit/reference';
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

/** Names the country of a member or partner; its code where it has no name. */
export function useCountryName(): (code: string | null | undefined) => string {
  const name = useName();
  const names = useReference();
  const unnamed = useUnnamed();
  return (code) => {
    const found = findCodeName(names, 'country', code ?? '', 'alliance-member');
    return found ? name(found) : code ? unnamed(code) : '';
  };
}
