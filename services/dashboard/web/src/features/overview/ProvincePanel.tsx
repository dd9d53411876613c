import { useNavigate } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { currentYear, formatNumber, useFormats } from '../../kit/formats';
import { useName, type Named } from '../../kit/language';
import { readValue } from '../../kit/live/liveStore';
import { useLiveVersion } from '../../kit/live/useLive';
import { Panel } from '../../kit/Panel';
import { Select } from '../../kit/Select';
import { useWords } from '../../kit/words';
import { ProvinceGrid } from '../../kit/charts/ProvinceGrid';
import { PROVINCE_PLACES } from '../../kit/charts/provincePlaces';
import type { CellFormatters } from '../../kit/charts/cellFormatters';
import type { Row } from '../../kit/figures/table';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { WhyLink } from '../../kit/figures/WhyLink';
import styles from './overview.module.css';
import type { OverviewSearch } from './routes';
import { tabulateProvinces } from './provinceTable';
import { partsOf, type Parts } from './useStandings';
import { words as overviewWords } from './words';

interface ProvincePanelProps {
  /** The figure in the grid, and those that can be chosen. */
  code: string;
  choices: string[];
  figureNames: ReadonlyMap<string, Named>;
  /** The headline of the figure. */
  year: number;
  /** The values of the provinces by year. */
  parts: Parts | undefined;
  asOf: string | undefined;
  asTable: boolean;
}

/** A figure by province as a grid that is no map, or as a table. */
export const ProvincePanel = memo(function ProvincePanel(props: ProvincePanelProps) {
  const { code, year, asOf, asTable } = props;
  const words = useWords(overviewWords);
  const formats = useFormats();
  const name = useName();
  const provinceName = useProvinceNames();
  useLiveVersion(code);
  const isLive = asOf === undefined && year === currentYear();
  const live = (province: string) => (isLive ? readValue(code, { province }) : undefined);
  const period = String(year);
  const parts = useMemo(() => partsOf(props.parts, code, year), [props.parts, code, year]);
  const table = tabulateProvinces(parts, period, live, Object.keys(PROVINCE_PLACES));
  // One object for as long as it shows the same: the cells that stand are not drawn again.
  const formatters = useMemo(
    (): CellFormatters => ({
      nameOf: (row) => provinceName(row.key, 'full'),
      format: (value) => formatNumber(value, formats.language),
      formatPeriod: () => (isLive ? words.toDate(year) : words.ofYear(year)),
      open: (row, of, content) => (
        <WhyLink state={{ code, period: of, filters: { province: row.key }, to: asOf }}>{content}</WhyLink>
      ),
    }),
    [provinceName, formats.language, isLive, words, year, code, asOf],
  );
  const titleOf = (each: string) => (props.figureNames.has(each) ? name(props.figureNames.get(each)!) : each);
  const columns: Column<Row>[] = [
    { key: 'province', head: words.province, rowHead: true, cell: formatters.nameOf, sortBy: (row) => row.key },
    {
      key: 'value',
      head: words.value,
      align: 'end',
      cell: (row) => formats.number(row.cells[period]?.value),
      sortBy: (row) => row.cells[period]?.value,
    },
  ];
  const title = `${titleOf(code)} · ${formatters.formatPeriod(period)}`;
  return (
    <Panel
      title={title}
      actions={<GridActions {...{ code, asTable }} choices={props.choices} figureNames={props.figureNames} />}
    >
      {asTable ? (
        <>
          <DataTable
            caption={title}
            captionHidden
            columns={columns}
            rows={table.rows}
            rowKey={(row) => row.key}
          />
          <p className={styles.quiet}>{words.gridNote}</p>
        </>
      ) : (
        <ProvinceGrid table={table} period={period} formatters={formatters} provinceName={provinceName} />
      )}
    </Panel>
  );
});

interface GridActionsProps {
  code: string;
  choices: string[];
  figureNames: ReadonlyMap<string, Named>;
  asTable: boolean;
}

/** Chooses the figure of the grid, and the table in its place. */
const GridActions = memo(function GridActions(props: GridActionsProps) {
  const { code, choices, figureNames, asTable } = props;
  const words = useWords(overviewWords);
  const name = useName();
  const navigate = useNavigate();
  const show = (shown: Pick<OverviewSearch, 'figure' | 'table'>) =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...shown }), replace: true, resetScroll: false });
  return (
    <>
      <Select
        label={words.gridFigure}
        labelHidden
        selected={code}
        choices={choices.map((key) => ({
          key,
          name: figureNames.has(key) ? name(figureNames.get(key)!) : key,
        }))}
        onSelect={(figure) => show({ figure })}
      />
      <Button onPress={() => show({ table: asTable ? undefined : true })}>
        {asTable ? words.showGrid : words.showTable}
      </Button>
    </>
  );
});
