/** The parts of a ValuesAnswer that the pages read. */
export interface BothLanguages {
  zh: string;
  en: string;
}

export interface Line {
  value: number | null;
  status?: string;
  /** The status of a value that is split by the dimension status. */
  valueStatus?: string;
  lastReported?: number;
  year?: number;
  share?: number;
  count?: number;
  [dimension: string]: unknown;
}

export interface CoverageOfYear {
  year: number;
  known: boolean;
  provinces: number;
  reported: boolean;
  lastReported: number | null;
  missing: string[];
  added: string[];
  fewer: string[];
  more: string[];
  notClosed?: string[] | null;
  warning: BothLanguages | null;
}

export interface ReportedPeriod {
  period: string;
  provinces: number;
  expectedProvinces: number;
}

/** The newest year that most provinces have reported about, and the years after it. */
export interface Headline {
  period: string | null;
  provinces?: number;
  expectedProvinces?: number;
  newer?: ReportedPeriod[];
}

export interface Answer {
  indicator: { code: string; version: number; name: BothLanguages; unit: BothLanguages & { code: string } };
  by: string[];
  filters: Record<string, string>;
  period: string;
  position: { time: string };
  items: Line[];
  labels: Record<string, Record<string, BothLanguages>>;
  others?: Line[];
  totals?: Line[];
  headline: Headline;
  coverage?: CoverageOfYear[];
  notes?: (BothLanguages & { code: string })[];
  components?: Component[];
}

export interface Component {
  role: string;
  indicator: string;
  version: number;
  query: string | null;
  value: number | null;
}
