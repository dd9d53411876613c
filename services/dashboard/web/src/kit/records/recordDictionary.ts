import { useQuery } from '@tanstack/react-query';
import type { Named } from '../language';
import { referenceQuery, type ReferenceNames } from '../reference';

/** Services that take records of bureaus. */
export const RECORD_SERVICES = ['mobility', 'cooperation', 'overseas', 'standards'] as const;
export type RecordService = (typeof RECORD_SERVICES)[number];

/** What the API says of a type of record. */
export interface RecordInfo {
  service: RecordService;
  /** As in topics and batches: `overseas-headcount`. */
  record: string;
  /** As in paths: `overseas-headcounts`. */
  collection: string;
  name: Named;
  /** Headings of its fields by their names in requests. */
  fields: Record<string, Named>;
}

export interface ServiceInfo {
  service: RecordService;
  records: RecordInfo[];
}

/** The records that a service takes. */
export function readServiceInfo(service: RecordService, names: ReferenceNames): ServiceInfo {
  return {
    service,
    records: Object.entries(names.records)
      .filter(([, record]) => record.service === service)
      .map(([record, { collection, name, fields }]) => ({ service, record, collection, name, fields })),
  };
}

/** All records; the same names give the same list. */
function readRecords(names: ReferenceNames): RecordInfo[] {
  return RECORD_SERVICES.flatMap((service) => readServiceInfo(service, names).records);
}

const READERS = new Map(
  RECORD_SERVICES.map((service) => [service, (names: ReferenceNames) => readServiceInfo(service, names)]),
);

function useServiceQuery(service: RecordService) {
  return useQuery({ ...referenceQuery, select: READERS.get(service)! });
}

/** Records of one service with their names; undefined until they are read. */
export function useServiceInfo(service: RecordService): ServiceInfo | undefined {
  return useServiceQuery(service).data;
}

/** Records of all four services; all come in one answer. */
export function useServices() {
  const mobility = useServiceQuery('mobility');
  const cooperation = useServiceQuery('cooperation');
  const overseas = useServiceQuery('overseas');
  const standards = useServiceQuery('standards');
  return [mobility, cooperation, overseas, standards];
}

/** Finds a record by its name in topics or in paths; undefined while names are read or if there is none. */
export function useRecordInfo(record: string): {
  info: RecordInfo | undefined;
  loading: boolean;
} {
  const { data, isPending } = useQuery({ ...referenceQuery, select: readRecords });
  return {
    info: data?.find((each) => each.record === record || each.collection === record),
    loading: isPending,
  };
}
