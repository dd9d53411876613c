import { useName } from '../language';
import { useReference, useUnnamed } from '../reference';
import { useWords } from '../words';
import { words } from './words';

/** Kind of a submitted year, which is no record: no contract names its fields. */
export const YEAR_CLOSE = 'year-close';

/** The names of dimensions, lists and records. */
export function useReferenceNames() {
  const name = useName();
  const text = useWords(words);
  const names = useReference();
  const unnamed = useUnnamed();
  const list = (code: string) => {
    const found = names?.lists[code];
    return found ? name(found) : unnamed(code);
  };
  const record = (code: string) => {
    if (code === YEAR_CLOSE) return text.yearClose;
    const found = names?.records[code];
    return found ? name(found.name) : unnamed(code);
  };
  return {
    dimension: (code: string) => {
      const found = names?.dimensions[code] ?? findField(names, code);
      return found ? name(found) : unnamed(code);
    },
    list,
    /** The name of a list as a filter has it: `!belt-and-road@then`. */
    listOf: (filter: string) => {
      const [, not = '', code = '', members = ''] = /^(!?)([^@]*)(@.*)?$/.exec(filter) ?? [];
      const named = `${list(code)} · ${members === '@now' ? text.membersNow : text.membersThen}`;
      return not ? text.notOn(named) : named;
    },
    record,
    /** The name of a field as `record.field` or `record.field.part`; a part has no name. */
    field: (path: string) => {
      const [kind = '', field = '', ...parts] = path.split('.');
      const found = names?.records[kind]?.fields[field];
      return `${record(kind)} · ${[found ? name(found) : unnamed(field), ...parts].join(' · ')}`;
    },
  };
}

/** The heading of a field that is no dimension, such as one that a rule names. */
function findField(names: ReturnType<typeof useReference>, field: string) {
  return Object.values(names?.records ?? {})
    .map((record) => record.fields[field])
    .find((each) => each !== undefined);
}
