import type { Sender, SenderYear } from '../../kit/records/years';
import type { RecordService } from '../../kit/records/recordDictionary';

/** A year of one service of one province. */
export interface PendingYear {
  service: RecordService;
  province: string;
  year: SenderYear;
}

/** Received over expected below which a finished year counts as behind. */
const BEHIND_SHARE = 0.5;

function listYears(senders: readonly Sender[]): PendingYear[] {
  return senders.flatMap(({ service, province, years }) =>
    years.map((year) => ({ service, province, year })),
  );
}

/** What some provinces have in common about one year. */
export interface YearGroup {
  year: number;
  /** Years of services and provinces. */
  items: PendingYear[];
  /** Codes of the provinces, each once. */
  provinces: string[];
}

function groupByYear(items: readonly PendingYear[]): YearGroup[] {
  const years = [...new Set(items.map((item) => item.year.year))].sort((one, other) => other - one);
  return years.map((year) => {
    const own = items.filter((item) => item.year.year === year);
    return { year, items: own, provinces: [...new Set(own.map((item) => item.province))].sort() };
  });
}

/** Submitted years, which an operator accepts or gives back; the newest first. */
export function listSubmitted(senders: readonly Sender[]): YearGroup[] {
  return groupByYear(listYears(senders).filter(({ year }) => year.state === 'submitted'));
}

/** Finished years that no bureau has submitted and of which less than half has come. */
export function listBehind(senders: readonly Sender[], currentYear: number): YearGroup[] {
  return groupByYear(
    listYears(senders).filter(
      ({ year }) =>
        year.year < currentYear &&
        year.state === 'open' &&
        year.expected !== null &&
        year.received < year.expected * BEHIND_SHARE,
    ),
  );
}

/** Finished years of which every one is accepted or locked and some still wait for the lock. */
export function listLockable(senders: readonly Sender[], currentYear: number): YearGroup[] {
  const known = groupByYear(
    listYears(senders).filter(
      ({ year }) => year.year < currentYear && (year.state !== 'open' || year.received > 0),
    ),
  );
  return known
    .filter(({ items }) => items.every(({ year }) => year.state === 'accepted' || year.state === 'locked'))
    .flatMap(({ items }) => groupByYear(items.filter(({ year }) => year.state === 'accepted')));
}

/** Finished years that a bureau has still to submit, the oldest first; those that were given back have a reason of their own. */
export function listDue(
  senders: readonly Sender[],
  currentYear: number,
  isGivenBack: (service: RecordService, year: number) => boolean,
): PendingYear[] {
  return listYears(senders)
    .filter(
      ({ service, year }) =>
        year.year < currentYear &&
        year.state === 'open' &&
        (year.received > 0 || (year.expected ?? 0) > 0) &&
        !isGivenBack(service, year.year),
    )
    .sort((one, other) => one.year.year - other.year.year);
}
