import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { currentYear, useFormats } from '../../kit/formats';
import { useName, type Named } from '../../kit/language';
import { readValue } from '../../kit/live/liveStore';
import { useLiveVersion } from '../../kit/live/useLive';
import { Panel } from '../../kit/Panel';
import { Select } from '../../kit/Select';
import { useWords } from '../../kit/words';
import { ProvinceGrid } from '../charts/ProvinceGrid';
import { PROVINCE_PLACES } from '../charts/provincePlaces';
import type { Showing } from '../charts/showing';
import type { Row } from '../figures/table';
import { useProvinceNames } from '../figures/useProvinceNames';
import { WhyLink } from '../why/WhyLink';
import styles from './overview.module.css';
import { tabulateProvinces } from './provinceTable';
import { words as overviewWords } from './words';

interface ProvincePanelProps {
  /** The figure in the grid, and those that can be chosen. */
  code: string;
  choices: string[];
  figureNames: ReadonlyMap<string, Named>;
  /** The newest reported year, and the values of the provinces in it. */
  year: number;
  parts: Map<string, number>;
  asOf: string | undefined;
}

/** A figure by province as a grid that is no map, or as a table. */
export function ProvincePanel(props: ProvincePanelProps) {
  const { code, year, parts, asOf } = props;
  const words = useWords(overviewWords);
  const formats = useFormats();
  const name = useName();
  const navigate = useNavigate();
  const [asTable, setAsTable] = useState(false);
  const provinceName = useProvinceNames();
  useLiveVersion(code);
  const isLive = asOf === undefined && year === currentYear();
  const live = (province: string) => (isLive ? readValue(code, { province }) : undefined);
  const period = String(year);
  const table = tabulateProvinces(parts, period, live, Object.keys(PROVINCE_PLACES));
  const showing: Showing = {
    nameOf: (row) => provinceName(row.key, 'full'),
    format: formats.number,
    formatPeriod: () => (isLive ? words.toDate(year) : words.ofYear(year)),
    open: (row, of, content) => (
      <WhyLink state={{ code, period: of, filters: { province: row.key }, to: asOf }}>{content}</WhyLink>
    ),
  };
  const titleOf = (each: string) => (props.figureNames.has(each) ? name(props.figureNames.get(each)!) : each);
  const columns: Column<Row>[] = [
    { key: 'province', head: words.province, rowHead: true, cell: showing.nameOf, sortBy: (row) => row.key },
    {
      key: 'value',
      head: words.value,
      align: 'end',
      cell: (row) => formats.number(row.cells[period]?.value),
      sortBy: (row) => row.cells[period]?.value,
    },
  ];
  const title = `${titleOf(code)} · ${showing.formatPeriod(period)}`;
  return (
    <Panel
      title={title}
      actions={
        <>
          <Select
            label={words.gridFigure}
            labelHidden
            selected={code}
            choices={props.choices.map((key) => ({ key, name: titleOf(key) }))}
            onSelect={(figure) =>
              void navigate({
                to: '.',
                search: (old) => ({ ...old, figure }),
                replace: true,
                resetScroll: false,
              })
            }
          />
          <Button onPress={() => setAsTable(!asTable)}>{asTable ? words.showGrid : words.showTable}</Button>
        </>
      }
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
        <ProvinceGrid table={table} period={period} showing={showing} provinceName={provinceName} />
      )}
    </Panel>
  );
}
