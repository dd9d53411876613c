import type { EChartsCoreOption } from 'echarts/core';
import type { FigureTable, Row } from '../figures/table';
import { valueAt } from '../figures/table';
import { DASHES, type Palette } from './palette';
import { marksOf } from './scale';

/** What the options of every chart need in addition to the numbers. */
export interface Drawing {
  palette: Palette;
  /** The name of a row in the language of the page. */
  nameOf: (row: Row) => string;
  /** A value in the language of the page, with its unit. */
  format: (value: number) => string;
  /** A short value for an axis. */
  formatShort: (value: number) => string;
  /** The words for a period, such as "2026 to date". */
  formatPeriod: (period: string) => string;
  /** The tile for periods that are not reported. */
  hatch: CanvasImageSource | null;
  narrow: boolean;
  still: boolean;
}

type Option = Record<string, unknown>;

const LONGEST_END_LABEL = 18;

/** Lines over the periods: the segment to the year that goes on is dashed and ends in a hollow point. */
export function drawLines(table: FigureTable, drawing: Drawing): EChartsCoreOption {
  const short = table.rows.every((row) => drawing.nameOf(row).length <= LONGEST_END_LABEL);
  const labelled = !drawing.narrow && table.rows.length > 1 && short;
  const series = table.rows.flatMap((row, at) => lineSeries(row, at, table, drawing, labelled));
  return addGaps({ ...frame(table, drawing, labelled ? 120 : 32), series }, table, drawing);
}

/** Bars of the periods, one row next to the other or on top of each other. */
export function drawBars(table: FigureTable, drawing: Drawing, stacked: boolean): EChartsCoreOption {
  const series = table.rows.map((row, at) => ({
    ...barSeries(row, at, table, drawing),
    ...(stacked ? { stack: 'whole' } : {}),
  }));
  return addGaps({ ...frame(table, drawing, 32), series }, table, drawing);
}

/** One small chart for each group of rows, all with the same axis, so that heights compare. */
export function drawMultiples(
  groups: { title: string; rows: Row[] }[],
  table: FigureTable,
  drawing: Drawing,
  columns: number,
): EChartsCoreOption {
  const rowsOfCharts = Math.ceil(groups.length / columns);
  const width = 100 / columns;
  const height = 100 / rowsOfCharts;
  const largest = Math.max(
    1,
    ...table.periods.flatMap((period) =>
      groups.flatMap((group) => group.rows.map((row) => valueAt(row, period) ?? 0)),
    ),
  );
  const marks = marksOf(largest);
  // An even number of steps has a mark in the middle.
  const most = (marks[1] ?? largest) * 2 * Math.ceil((marks.length - 1) / 2);
  const least = Math.min(
    0,
    ...table.periods.flatMap((period) =>
      groups.flatMap((group) => group.rows.map((row) => valueAt(row, period) ?? 0)),
    ),
  );
  const place = (at: number) => ({
    left: `${(at % columns) * width + 1}%`,
    top: `${Math.floor(at / columns) * height}%`,
  });
  return {
    animation: !drawing.still,
    animationDuration: 300,
    tooltip: tooltip(
      groups.flatMap((group) => group.rows),
      table,
      drawing,
    ),
    title: groups.map((group, at) => ({
      ...place(at),
      id: `title-${at}`,
      text: group.title,
      textStyle: {
        color: drawing.palette.ink,
        fontSize: 13,
        fontWeight: 600,
        overflow: 'truncate',
        width: 180,
      },
    })),
    grid: groups.map((_, at) => ({
      id: `grid-${at}`,
      left: `${(at % columns) * width + 5}%`,
      width: `${width - 7}%`,
      top: `${Math.floor(at / columns) * height + height * 0.18}%`,
      height: `${height * 0.6}%`,
    })),
    xAxis: groups.map((_, at) => ({ ...periodAxis(table, drawing), id: `x-${at}`, gridIndex: at })),
    yAxis: groups.map((_, at) => ({
      ...valueAxis(drawing),
      id: `y-${at}`,
      gridIndex: at,
      min: least,
      max: most,
      ...(least < 0 ? { splitNumber: 2 } : { interval: most / 2 }),
    })),
    series: groups.flatMap((group, at) =>
      group.rows.flatMap((row, nth) =>
        lineSeries(row, nth, table, drawing, false).map((series) => ({
          ...series,
          id: `${at}:${String(series.id)}`,
          xAxisIndex: at,
          yAxisIndex: at,
        })),
      ),
    ),
  };
}

function frame(table: FigureTable, drawing: Drawing, right: number): Option {
  return {
    animation: !drawing.still,
    animationDuration: 300,
    animationDurationUpdate: 300,
    tooltip: tooltip(table.rows, table, drawing),
    grid: {
      id: 'grid',
      left: 8,
      right,
      top: 16,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: { id: 'x', ...periodAxis(table, drawing) },
    yAxis: { id: 'y', ...valueAxis(drawing) },
  };
}

/** One line for each row of the period under the pointer, so that both segments of a line are one. */
function tooltip(rows: Row[], table: FigureTable, drawing: Drawing): Option {
  return {
    trigger: 'axis',
    renderMode: 'richText',
    confine: true,
    backgroundColor: drawing.palette.paper,
    borderColor: drawing.palette.line,
    textStyle: { color: drawing.palette.ink, fontSize: 13 },
    formatter: (points: { dataIndex: number }[]) => {
      const period = table.periods[points[0]?.dataIndex ?? 0] ?? '';
      const lines = rows.map((row) => {
        const value = valueAt(row, period);
        return `${drawing.nameOf(row)}  ${value === null ? '—' : drawing.format(value)}`;
      });
      return [drawing.formatPeriod(period), ...lines].join('\n');
    },
  };
}

function periodAxis(table: FigureTable, drawing: Drawing): Option {
  return {
    type: 'category',
    data: table.periods,
    axisLine: { lineStyle: { color: drawing.palette.line } },
    axisTick: { show: false },
    axisLabel: { color: drawing.palette.quiet, formatter: drawing.formatPeriod, hideOverlap: true },
  };
}

function valueAxis(drawing: Drawing): Option {
  return {
    type: 'value',
    splitLine: { lineStyle: { color: drawing.palette.line } },
    axisLabel: { color: drawing.palette.quiet, formatter: drawing.formatShort },
  };
}

function lineSeries(row: Row, at: number, table: FigureTable, drawing: Drawing, labelled: boolean): Option[] {
  const colour = colourOf(row, at, drawing);
  const name = drawing.nameOf(row);
  const values = table.periods.map((period) => valueAt(row, period));
  const running = table.running ? table.periods.indexOf(table.running) : -1;
  const solid = values.map((value, nth) => (nth === running ? null : value));
  const label = { show: true, formatter: name, color: drawing.palette.ink, width: 110, overflow: 'truncate' };
  const series: Option[] = [
    {
      id: row.key || 'whole',
      name,
      type: 'line',
      data: solid,
      symbol: 'circle',
      labelLayout: { moveOverlap: 'shiftY' },
      symbolSize: 6,
      lineStyle: { color: colour, width: 2, type: DASHES[at % DASHES.length] },
      itemStyle: { color: colour },
      endLabel: labelled && running < 0 ? label : { show: false },
      emphasis: { focus: 'series' },
    },
  ];
  if (running >= 0) {
    series.push({
      id: `${row.key || 'whole'}:running`,
      name,
      type: 'line',
      data: values.map((value, nth) => (nth === running || nth === running - 1 ? value : null)),
      symbol: 'emptyCircle',
      labelLayout: { moveOverlap: 'shiftY' },
      symbolSize: (_: unknown, point: { dataIndex: number }) => (point.dataIndex === running ? 8 : 0),
      lineStyle: { color: colour, width: 2, type: [3, 4] },
      itemStyle: { color: colour, borderWidth: 2 },
      endLabel: labelled ? label : { show: false },
    });
  }
  return series;
}

function barSeries(row: Row, at: number, table: FigureTable, drawing: Drawing): Option {
  const colour = colourOf(row, at, drawing);
  return {
    id: row.key || 'whole',
    name: drawing.nameOf(row),
    type: 'bar',
    barMaxWidth: 48,
    data: table.periods.map((period) => {
      const value = valueAt(row, period);
      if (period !== table.running) return value;
      return {
        value,
        itemStyle: {
          color: drawing.palette.paper,
          borderColor: colour,
          borderWidth: 2,
          borderType: 'dashed',
        },
      };
    }),
    itemStyle: { color: colour },
    emphasis: { focus: 'series' },
  };
}

/** Adds bars over the whole height, hatched, for periods that are not reported: no bar there is no 0. They have axes of their own. */
function addGaps(option: Option, table: FigureTable, drawing: Drawing): Option {
  const gone = unreported(table);
  if (gone.length === 0 || drawing.hatch === null) return option;
  const hidden = { show: false };
  const gaps = {
    id: 'not-reported',
    type: 'bar',
    silent: true,
    xAxisIndex: 1,
    yAxisIndex: 1,
    barWidth: '96%',
    itemStyle: { color: { image: drawing.hatch, repeat: 'repeat' } },
    data: table.periods.map((period) => (gone.includes(period) ? 1 : null)),
  };
  return {
    ...option,
    xAxis: [option.xAxis, { ...hidden, id: 'x-gaps', type: 'category', data: table.periods }],
    yAxis: [option.yAxis, { ...hidden, id: 'y-gaps', type: 'value', min: 0, max: 1 }],
    series: [...(option.series as Option[]), gaps],
  };
}

/** The periods in which no row has a value and one is not reported. */
export function unreported(table: FigureTable): string[] {
  const rows = table.total ? [...table.rows, table.total] : table.rows;
  return table.periods.filter(
    (period) =>
      rows.some((row) => row.cells[period]?.status === 'not-reported') &&
      rows.every((row) => valueAt(row, period) === null),
  );
}

function colourOf(row: Row, at: number, drawing: Drawing): string {
  if (row.kind === 'others') return drawing.palette.quiet;
  return drawing.palette.series[at % drawing.palette.series.length] ?? drawing.palette.ink;
}
