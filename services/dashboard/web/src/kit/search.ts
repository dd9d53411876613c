// Search parameters are the words of the APIs, readable and never quoted.

/** Parameters of an address as text; a repeated one is joined by commas. */
export type SearchText = Record<string, string>;

export function parseSearch(query: string): SearchText {
  const found: SearchText = {};
  for (const [name, value] of new URLSearchParams(query)) {
    found[name] = name in found ? `${found[name]},${value}` : value;
  }
  return found;
}

/** Writes parameters with the characters of lists and periods left as they are; absent and false ones are left out. */
export function writeSearch(search: Record<string, unknown>): string {
  const parts = Object.entries(search)
    .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeReadably(value)}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function encodeReadably(value: string): string {
  return encodeURIComponent(value).replace(/%(2C|3A|40|2F)/g, (escaped) => decodeURIComponent(escaped));
}

/** A parameter as text; undefined when absent or empty. */
export function textParameter(search: Record<string, unknown>, name: string): string | undefined {
  const value = search[name];
  if (value === undefined || value === null || value === '') return undefined;
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** A parameter as a list of codes. */
export function listParameter(search: Record<string, unknown>, name: string): string[] | undefined {
  return textParameter(search, name)?.split(',').filter(Boolean);
}

export function flagParameter(search: Record<string, unknown>, name: string): true | undefined {
  return search[name] === true || search[name] === 'true' ? true : undefined;
}

export function numberParameter(search: Record<string, unknown>, name: string): number | undefined {
  const value = Number(textParameter(search, name));
  return Number.isFinite(value) ? value : undefined;
}

/** A parameter that is one of a few words; anything else is absent. */
export function choiceParameter<const Choice extends string>(
  search: Record<string, unknown>,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  return choices.find((choice) => choice === search[name]);
}
