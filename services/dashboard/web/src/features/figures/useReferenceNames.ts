import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import { useName, type Named } from '../../kit/language';

/** A name of the reference data. */
interface NamedCode extends Named {
  code: string;
  zhShort?: string;
}

interface Reference {
  dimensions?: NamedCode[];
  lists?: NamedCode[];
  records?: NamedCode[];
  codes?: Record<string, NamedCode[]>;
}

/** The names of dimensions, lists and records as the API gives them; a code that it does not name stands for itself. */
export function useReferenceNames() {
  const name = useName();
  const reference = useQuery({
    queryKey: ['indicators', 'reference'],
    queryFn: ({ signal }) => fetchJson<Reference>('/api/indicators/v1/reference', { signal }),
    staleTime: Infinity,
    retry: false,
  });
  const find = (list: NamedCode[] | undefined, code: string) => {
    const found = list?.find((each) => each.code === code);
    return found ? name(found) : code;
  };
  return {
    dimension: (code: string) => find(reference.data?.dimensions, code),
    list: (code: string) => find(reference.data?.lists, code),
    /** The name of a list as it stands in a filter: `!belt-and-road@then`. */
    listOf: (filter: string) => {
      const [, not = '', code = '', members = ''] = /^(!?)([^@]*)(@.*)?$/.exec(filter) ?? [];
      return `${not}${find(reference.data?.lists, code)}${members}`;
    },
    record: (code: string) => find(reference.data?.records, code),
  };
}
