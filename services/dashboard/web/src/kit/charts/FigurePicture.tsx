import { useMemo, useState } from 'react';
import { Button } from '../Button';
import { useFormats } from '../formats';
import { useWords } from '../words';
import { keepTop } from '../figures/ranking';
import { newestWithValues, type FigureTable } from '../figures/table';
import { Chart } from './Chart';
import { HeatTable } from './HeatTable';
import { drawBars, drawLines, drawMultiples, type Drawing } from './options';
import { hatch, MOST_SERIES } from './palette';
import { ProvinceGrid } from './ProvinceGrid';
import { RankedBars } from './RankedBars';
import { RegionDots } from './RegionDots';
import { SeriesLegend } from './SeriesLegend';
import type { CellFormatters } from './cellFormatters';
import { FIRST_CHARTS, groupRows } from './smallCharts';
import { useMedia, usePalette } from './usePalette';
import styles from './charts.module.css';
import { words } from './words';

export type PictureKind = 'line' | 'bar' | 'stacked' | 'heat' | 'provinces' | 'ranked' | 'dots' | 'multiples';

interface FigurePictureProps {
  kind: PictureKind;
  table: FigureTable;
  /** The table split by region as well, for the dots. */
  byRegion: FigureTable | undefined;
  period: string;
  formatters: CellFormatters;
  /** What the picture says, for who does not see it. */
  label: string;
  addsUp: boolean;
  formatShort: (value: number) => string;
  provinceName: (code: string) => string;
}

/** A picture of more rows cannot be read; the table has them all. */
const MOST_DRAWN_ROWS = 1_000;
const HEIGHT = 380;
const HEIGHT_OF_MULTIPLE = 150;

/** The picture of a table in one of its forms. */
export function FigurePicture({
  kind,
  table,
  byRegion,
  period,
  formatters,
  label,
  addsUp,
  formatShort,
  provinceName,
}: FigurePictureProps) {
  const text = useWords(words);
  const formats = useFormats();
  const palette = usePalette();
  const narrow = useMedia('(max-width: 700px)');
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const drawn = useMemo(() => fewSeries(table, period, addsUp), [table, period, addsUp]);
  const columns = narrow ? 2 : 4;
  const [drawsAll, setDrawsAll] = useState(false);
  const allGroups = useMemo(() => groupRows(table, formatters.nameOf), [table, formatters]);
  const groups = useMemo(
    () => allGroups.slice(0, drawsAll ? MOST_DRAWN_ROWS : FIRST_CHARTS),
    [allGroups, drawsAll],
  );
  const option = useMemo(() => {
    const drawing: Drawing = {
      palette,
      narrow,
      still,
      formatShort,
      nameOf: formatters.nameOf,
      format: formatters.format,
      formatPeriod: formatters.formatPeriod,
      hatch: hatch(palette.line),
    };
    if (kind === 'line') return drawLines(drawn, drawing);
    if (kind === 'bar' || kind === 'stacked') return drawBars(drawn, drawing, kind === 'stacked');
    return kind === 'multiples' ? drawMultiples(groups, table, drawing, columns) : null;
  }, [kind, drawn, groups, table, palette, narrow, still, columns, formatters, formatShort]);

  if (option) {
    const height = kind === 'multiples' ? Math.ceil(groups.length / columns) * HEIGHT_OF_MULTIPLE : HEIGHT;
    const legend = kind === 'multiples' ? (groups[0]?.rows ?? []) : drawn.rows;
    return (
      <>
        <Chart option={option} label={label} height={height} />
        <SeriesLegend rows={legend} nameOf={formatters.nameOf} lines={kind !== 'bar' && kind !== 'stacked'} />
        {kind === 'multiples' && groups.length < allGroups.length ? (
          <p>
            <Button onPress={() => setDrawsAll(true)}>
              {text.moreCharts(formats.number(allGroups.length - groups.length))}
            </Button>
          </p>
        ) : null}
      </>
    );
  }
  if (kind === 'provinces') return <ProvinceGrid {...{ table, period, formatters, provinceName }} />;
  if (kind === 'dots') return byRegion ? <RegionDots {...{ table: byRegion, period, formatters }} /> : null;
  const first = { ...table, rows: table.rows.slice(0, MOST_DRAWN_ROWS) };
  return (
    <>
      {kind === 'heat' ? (
        <HeatTable {...{ table: first, period, formatters }} />
      ) : (
        <RankedBars {...{ table: first, period, formatters }} />
      )}
      <NotDrawn count={table.rows.length - first.rows.length} />
    </>
  );
}

/** Says that the picture has not all rows of the table. */
function NotDrawn({ count }: { count: number }) {
  const text = useWords(words);
  const formats = useFormats();
  return count === 0 ? null : <p className={styles.gridNote}>{text.notDrawn(formats.number(count))}</p>;
}

/** The largest rows of the period that the picture is about. */
function fewSeries(table: FigureTable, period: string, addsUp: boolean): FigureTable {
  if (table.rows.length <= MOST_SERIES) return table;
  const about = table.periods.includes(period) ? period : (newestWithValues(table) ?? '');
  const kept = keepTop(table, MOST_SERIES - 1, about, addsUp);
  return { ...kept, rows: kept.rows.filter((row) => !row.apart) };
}
