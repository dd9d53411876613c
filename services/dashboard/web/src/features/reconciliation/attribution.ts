import { parseSearch, type SearchText } from '../../kit/search';

/** Reads the path of changes that a bridge names: /v1/indicators/{code}/changes?… as the address of the page Why. */
export function toWhySearch(attribution: string): { code: string; search: SearchText } | undefined {
  const parts = /\/v1\/indicators\/([^/]+)\/changes(?:\?(.*))?$/.exec(attribution);
  if (!parts) return undefined;
  return { code: decodeURIComponent(parts[1]!), search: { ...parseSearch(parts[2] ?? ''), tab: 'causes' } };
}
