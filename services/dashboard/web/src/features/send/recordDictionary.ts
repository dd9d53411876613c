import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import type { Named } from '../../kit/language';

/** Services that take records of bureaus. */
export const RECORD_SERVICES = ['mobility', 'cooperation', 'overseas', 'standards'] as const;
export type RecordService = (typeof RECORD_SERVICES)[number];

/** What a service says of one of its records. */
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

/** The parts of an OpenAPI document that names are read from. */
export interface ServiceDescription {
  tags?: { name: string; description?: string }[];
  paths: Record<string, unknown>;
  components: {
    schemas: Record<string, { properties?: Record<string, { title?: string }> }>;
  };
}

/** Reads the names of a service's records and of their fields from its own description. */
export function readServiceInfo(service: RecordService, description: ServiceDescription): ServiceInfo {
  const collections = Object.keys(description.paths)
    .map((path) => /^\/v1\/([a-z-]+)\/batches$/.exec(path)?.[1])
    .filter((collection) => collection !== undefined);
  return {
    service,
    records: collections.map((collection) => {
      const record = singularOf(collection);
      return {
        service,
        record,
        collection,
        name: {
          zh: description.tags?.find((tag) => tag.name === collection)?.description ?? collection,
          en: capitalize(collection.replaceAll('-', ' ')),
        },
        fields: readFields(description.components.schemas[pascalCase(record)]?.properties ?? {}),
      };
    }),
  };
}

function readFields(properties: Record<string, { title?: string }>): Record<string, Named> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, property]) => property.title !== undefined)
      .map(([name, property]) => [name, splitName(property.title!)]),
  );
}

/** Splits "English / 中文"; the English part may contain a slash itself. */
export function splitName(text: string): Named {
  const at = text.lastIndexOf(' / ');
  return at < 0 ? { zh: text, en: text } : { en: text.slice(0, at), zh: text.slice(at + 3) };
}

function singularOf(collection: string): string {
  return collection.replace(/s$/, '');
}

function pascalCase(record: string): string {
  return record.split('-').map(capitalize).join('');
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function descriptionQuery(service: RecordService) {
  return queryOptions({
    queryKey: [service, 'description'],
    queryFn: async () =>
      readServiceInfo(service, await fetchJson<ServiceDescription>(`/api/${service}/q/openapi?format=json`)),
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

/** Records of one service with their names; undefined until they are read. */
export function useServiceInfo(service: RecordService): ServiceInfo | undefined {
  return useQuery(descriptionQuery(service)).data;
}

/** Records of all four services, each undefined until it is read; a service that is down leaves the others. */
export function useServices() {
  return useQueries({ queries: RECORD_SERVICES.map(descriptionQuery) });
}

/** Finds a record by its name in topics or in paths; undefined while names are read or if there is none. */
export function useRecordInfo(record: string): {
  info: RecordInfo | undefined;
  loading: boolean;
} {
  const answers = useServices();
  return {
    info: answers
      .flatMap((answer) => answer.data?.records ?? [])
      .find((each) => each.record === record || each.collection === record),
    loading: answers.some((answer) => answer.isPending),
  };
}
