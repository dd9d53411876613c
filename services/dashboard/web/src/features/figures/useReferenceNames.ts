import { useName } from '../../kit/language';
import { useWords } from '../../kit/words';
import { useServices } from '../send/recordDictionary';
import { words } from './words';

/** The names of dimensions, lists and records: as the services name fields and records; a code without a name stands for itself. */
export function useReferenceNames() {
  const name = useName();
  const text = useWords(words);
  const records = useServices().flatMap((service) => service.data?.records ?? []);
  const heading = (code: string) => {
    const field = records.map((record) => record.fields[code]).find((each) => each !== undefined);
    return field && name(field);
  };
  const list = (code: string) => text.lists(code) || code;
  return {
    dimension: (code: string) => text.dimensions(code) || (heading(code) ?? code),
    list,
    /** The name of a list as it stands in a filter: `!belt-and-road@then`. */
    listOf: (filter: string) => {
      const [, not = '', code = '', members = ''] = /^(!?)([^@]*)(@.*)?$/.exec(filter) ?? [];
      const named = `${list(code)} · ${members === '@now' ? text.membersNow : text.membersThen}`;
      return not ? text.notOn(named) : named;
    },
    record: (code: string) => {
      const found = records.find((record) => record.record === code);
      return found ? name(found.name) : code;
    },
  };
}
