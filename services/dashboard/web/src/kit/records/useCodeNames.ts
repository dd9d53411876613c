import { useMemo } from 'react';
import type { Named } from '../language';
import { findCodeName, useReference } from '../reference';
import { useSession } from '../session';

/** Finds the name of a code of a dimension or field; undefined: it has none, or the names are not here yet. */
export function useCodeNames(): (dimension: string, code: string, record?: string) => Named | undefined {
  const names = useReference();
  return (dimension, code, record) => findCodeName(names, dimension, code, record);
}

/** Names of the provinces that report and that the reader may see, by code. */
export function useReportingProvinces(): ReadonlyMap<string, Named> {
  const names = useReference();
  const { role, province } = useSession();
  return useMemo(() => {
    const seen = names?.provinces.filter(
      (each) => each.sends && (role !== 'bureau' || each.code === province),
    );
    return new Map(seen?.map(({ code, zh, en }) => [code, { zh, en }]));
  }, [names, role, province]);
}
