import { useName } from '../../kit/language';
import { useCodeNames } from '../send/useCodeNames';
import type { RecordInfo } from '../send/recordDictionary';
import { useDefinitions } from '../figures/useFigure';
import { useProvinceNames } from '../figures/useProvinceNames';
import { writeFieldValue } from './versions';

/** The headings of fields, and the names of their codes as the figures name them. */
export function useFieldWords(info: RecordInfo) {
  const name = useName();
  const provinceName = useProvinceNames();
  const definitions = useDefinitions();
  const figures = (definitions.data?.items ?? []).filter(
    (figure) => figure.record === info.record && !figure.derived,
  );
  const fields = Object.keys(info.fields);
  const splits = fields.flatMap((dimension) => {
    const figure = figures.find(
      (each) => each.dimensions.includes(dimension) && dimension !== 'college' && dimension !== 'major',
    );
    return figure ? [{ figure: figure.code, dimension }] : [];
  });
  const names = useCodeNames(splits);
  const countries = splits.find((split) => /country|nationality/i.test(split.dimension))?.dimension;
  const nameCode = (dimension: string | undefined, value: unknown): unknown => {
    const known = dimension && typeof value === 'string' ? names.get(`${dimension}|${value}`) : undefined;
    return known ? name(known) : value;
  };
  const nameParts = (field: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => nameParts(field, each));
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([key, part]) => [
          key,
          key === 'country' ? nameCode(countries, part) : part,
        ]),
      );
    return field === 'province' && typeof value === 'string' ? provinceName(value) : nameCode(field, value);
  };
  return {
    heading: (field: string) => (info.fields[field] ? name(info.fields[field]) : field),
    value: (field: string, value: unknown) => writeFieldValue(nameParts(field, value)),
  };
}
