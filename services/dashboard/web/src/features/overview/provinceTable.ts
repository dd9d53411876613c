import type { LiveValue } from '../../kit/live/liveStore';
import type { FigureTable, Row } from '../../kit/figures/table';

/** The values of provinces as the table that the grid draws; a live value replaces that of the answer. */
export function tabulateProvinces(
  parts: Map<string, number>,
  period: string,
  live: (province: string) => LiveValue | undefined,
  provinces: Iterable<string>,
): FigureTable {
  const rows: Row[] = [];
  for (const province of new Set([...parts.keys(), ...provinces])) {
    const change = live(province)?.change;
    const moved = change?.period.startsWith(period) ? change.value : undefined;
    const value = moved === undefined ? (parts.get(province) ?? null) : moved;
    if (value !== null) {
      const names = [{ zh: province, en: province }];
      rows.push({
        key: province,
        codes: [province],
        names,
        kind: 'value',
        apart: false,
        cells: { [period]: { value } },
      });
    }
  }
  rows.sort((one, other) => one.key.localeCompare(other.key));
  return { splits: ['province'], periods: [period], rows, total: null, running: null };
}
