import type { ReactNode } from 'react';
import type { FigureTable, Row } from '../figures/table';

/** What the pictures made of elements need: names, formats, and where a value leads. */
export interface CellFormatters {
  nameOf: (row: Row) => string;
  format: (value: number) => string;
  formatPeriod: (period: string) => string;
  /** Makes a value of a row lead to why it is so. */
  open: (row: Row, period: string, content: ReactNode) => ReactNode;
}

/** A picture of one period of a table. */
export interface PictureProps {
  table: FigureTable;
  period: string;
  formatters: CellFormatters;
}
