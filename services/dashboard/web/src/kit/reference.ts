import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { components } from '../generated/indicators';
import { indicators } from './api';
import type { Named } from './language';

/** Names of records, fields, dimensions, lists and codes, as the API gives them. */
export type ReferenceNames = components['schemas']['ReferenceNames'];

/** All names in one answer, asked for once. */
export const referenceQuery = {
  ...indicators.read('/v1/reference'),
  staleTime: Infinity,
  gcTime: Infinity,
};

/** The names; undefined until they have come. */
export function useReference(): ReferenceNames | undefined {
  return useQuery(referenceQuery).data;
}

/** Text of a code without a name: dots while the names are on their way, then the code itself. */
export function useUnnamed(): (code: string) => string {
  const { isPending } = useQuery(referenceQuery);
  return useCallback((code) => (isPending ? '…' : code), [isPending]);
}

/**
 * The name of a code of a dimension or field; undefined where it has none. The record decides where two records have
 * codes of their own under one word.
 */
export function findCodeName(
  names: ReferenceNames | undefined,
  dimension: string,
  code: string,
  record?: string,
): Named | undefined {
  const list =
    names?.records[record ?? '']?.fields[dimension]?.codes ?? names?.dimensions[dimension]?.codes ?? '';
  return names?.codes[list]?.[code];
}

/** The short name of a province-level unit in a language: 台湾省 stays whole. */
export function shortProvinceName(
  province: ReferenceNames['provinces'][number],
  language: 'zh' | 'en',
): string {
  if (language === 'en') return province.en;
  return !province.sends && province.zh.endsWith('省') ? province.zh : province.zhShort;
}
