import { defineWords } from '../words';

/** Periods of published numbers that are no years. */
const periodsZh: Record<string, string> = {
  undated: '未注明',
  'first batch': '第一批',
  'second batch': '第二批',
};
const periodsEn: Record<string, string> = { undated: 'not stated' };

export const periodWords = defineWords({
  zh: { periodNames: (period: string) => periodsZh[period] ?? period },
  en: { periodNames: (period: string) => periodsEn[period] ?? period },
});
