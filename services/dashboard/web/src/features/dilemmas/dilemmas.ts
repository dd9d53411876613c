import type { PictureKind } from '../../kit/charts/FigurePicture';
import type { Answer, BothLanguages } from '../../kit/figures/answer';
import type { Question } from '../../kit/figures/question';
import { rank } from '../../kit/figures/ranking';
import { tabulate, type FigureTable } from '../../kit/figures/table';
import { combine, factBefore, newestFact, shareOfCodes, type Fact } from './facts';
import type { DilemmaWords } from './words';

export const DILEMMAS = [
  'admissions',
  'partners',
  'schools',
  'stay',
  'certificates',
  'quality',
  'services',
] as const;
export type DilemmaKey = (typeof DILEMMAS)[number];

/** How the numbers of a sentence are written. */
export interface FactFormats {
  number: (value: number) => string;
  share: (value: number) => string;
  points: (value: number) => string;
  name: (name: { zh: string; en: string }) => string;
  /** The name of a list of countries; undefined until the names are here. */
  listName: (code: string) => string | undefined;
}

/** A sentence with the numbers in it. */
export interface Sentence {
  text: string;
  facts: Fact[];
}

export interface Dilemma {
  kind: PictureKind;
  /** What is asked, each at the same moment of knowledge. */
  questions: Question[];
  table: (answers: (Answer | undefined)[]) => FigureTable | null;
  /** Null as long as the numbers that it is about are missing. */
  sentence: (answers: (Answer | undefined)[], text: DilemmaWords, formats: FactFormats) => Sentence | null;
}

const WEALTHY_REGIONS = ['north-america', 'oceania', 'europe'];
const LARGE_LIST = 'belt-and-road';
const REGION_OF_SCHOOLS = 'africa';
const YEARS_BACK = 2;

function ask(code: string, by: string[], more: Partial<Question> = {}): Question {
  return { code, by, filters: {}, lists: [], ...more };
}

function present(facts: (Fact | null)[]): Fact[] {
  return facts.filter((fact) => fact !== null);
}

function regionName(answer: Answer | undefined, code: string): BothLanguages {
  return answer?.labels['region']?.[code] ?? { zh: code, en: code };
}

export const dilemmas: Record<DilemmaKey, Dilemma> = {
  admissions: {
    kind: 'line',
    questions: [ask('inbound-assessed-share', ['year']), ask('vocational-share-of-all-inbound', ['year'])],
    table: combine,
    sentence: ([assessed, vocational], text, formats) => {
      const share = newestFact(assessed, true);
      if (!share) return null;
      const before = factBefore(assessed, share, YEARS_BACK);
      const part = newestFact(vocational, true);
      return {
        facts: present([share, before, part]),
        text:
          text.admissionsFact(share.year, formats.share(share.value)) +
          (before ? text.pointsSince(before.year, formats.points(share.value - before.value)) : '') +
          (part ? text.vocationalFact(part.year, formats.share(part.value)) : '') +
          text.end,
      };
    },
  },
  partners: {
    kind: 'dots',
    questions: [
      ask('cooperation-partners', ['region', 'partnerCountry']),
      ask('cooperation-partners', ['partnerCountry']),
      ask('cooperation-partners-top-3-share', ['year']),
      ask('cooperation-partners-share', ['year'], { lists: [`${LARGE_LIST}@then`] }),
    ],
    table: ([byRegion]) => (byRegion ? tabulate(byRegion) : null),
    sentence: ([byRegion, byCountry, top, listed], text, formats) => {
      const share = newestFact(top, false);
      if (!byCountry || !share) return null;
      const table = tabulate(byCountry);
      const leaders = rank(table, byCountry.period).slice(0, 3);
      const count = byCountry.totals?.[0]?.value ?? leaders.reduce((sum, each) => sum + each.value, 0);
      const regions = shareOfCodes(byRegion, 'region', WEALTHY_REGIONS);
      const members = newestFact(listed, false);
      const list = formats.listName(LARGE_LIST);
      const regionNames = WEALTHY_REGIONS.map((code) => formats.name(regionName(byRegion, code)));
      return {
        facts: present([share, members]),
        text:
          text.partnersFact(
            formats.number(count),
            leaders.map((each) => each.row.names.map(formats.name).join('')).join(text.join),
            formats.share(share.value),
          ) +
          (regions === null ? '' : text.regionsFact(regionNames.join(text.join), formats.share(regions))) +
          (members && list ? text.listFact(list, formats.share(members.value)) : '') +
          text.end,
      };
    },
  },
  schools: {
    kind: 'ranked',
    questions: [
      ask('overseas-schools', ['subRegion']),
      ask('overseas-schools', ['region']),
      ask('overseas-schools-concentration', ['year']),
    ],
    table: ([bySubRegion]) => (bySubRegion ? tabulate(bySubRegion) : null),
    sentence: ([bySubRegion, byRegion, concentration], text, formats) => {
      if (!bySubRegion) return null;
      const first = rank(tabulate(bySubRegion), bySubRegion.period)[0];
      const count = bySubRegion.totals?.[0]?.value;
      if (!first || count == null) return null;
      const share = shareOfCodes(bySubRegion, 'subRegion', first.row.codes) ?? 0;
      const shareOfRegion = shareOfCodes(byRegion, 'region', [REGION_OF_SCHOOLS]);
      const region = formats.name(regionName(byRegion, REGION_OF_SCHOOLS));
      const index = newestFact(concentration, false);
      return {
        facts: present([index]),
        text:
          text.schoolsFact(
            formats.number(count),
            first.row.names.map(formats.name).join(''),
            formats.share(share),
          ) +
          (shareOfRegion === null ? '' : text.regionFact(region, formats.share(shareOfRegion))) +
          (index ? text.hhiFact(formats.number(index.value), wordOfIndex(index.value, text)) : '') +
          text.end,
      };
    },
  },
  stay: {
    kind: 'line',
    questions: [
      ask('foreign-teachers-leaving-within-a-year-share', ['year']),
      ask('teachers-abroad-short-stay-share', ['year']),
      ask('foreign-teacher-stay-median', ['year']),
    ],
    table: ([leaving, short]) => combine([leaving, short]),
    sentence: ([leaving, short, median], text, formats) => {
      const share = newestFact(leaving, true);
      if (!share) return null;
      const days = newestFact(median, true);
      const abroad = newestFact(short, true);
      return {
        facts: present([share, days, abroad]),
        text:
          text.leavingFact(share.year, formats.share(share.value)) +
          (days && days.year === share.year ? text.medianFact(formats.number(days.value)) : '') +
          (abroad ? text.shortFact(abroad.year, formats.share(abroad.value)) : '') +
          text.end,
      };
    },
  },
  certificates: {
    kind: 'line',
    questions: [
      ask('credential-recognition-rate', ['year', 'delivery'], { filters: { delivery: ['online'] } }),
      ask('credential-recognition-rate', ['year']),
    ],
    table: combine,
    sentence: ([online, every], text, formats) => {
      const share = newestFact(online, true);
      if (!share) return null;
      const before = factBefore(online, share, YEARS_BACK);
      const whole = newestFact(every, true);
      return {
        facts: present([share, before, whole]),
        text:
          text.certificatesFact(share.year, formats.share(share.value)) +
          (before ? text.pointsSince(before.year, formats.points(share.value - before.value)) : '') +
          (whole ? text.allFact(formats.share(whole.value)) : '') +
          text.end,
      };
    },
  },
  quality: {
    kind: 'line',
    questions: [
      ask('inbound-completion-share', ['year']),
      ask('inbound-early-leaving-share', ['year']),
      ask('inbound-degree-share', ['year']),
      ask('inbound-chinese-level-share', ['year']),
    ],
    table: combine,
    sentence: ([completion, leaving, degree, chinese], text, formats) => {
      const completed = newestFact(completion, true);
      if (!completed) return null;
      const left = newestFact(leaving, true);
      const studying = newestFact(degree, false);
      const speaking = newestFact(chinese, true);
      return {
        facts: present([completed, left, studying, speaking]),
        text:
          text.completionFact(completed.year, formats.share(completed.value)) +
          (left && left.year === completed.year ? text.leavingEarlyFact(formats.share(left.value)) : '') +
          (studying ? text.degreeFact(studying.year, formats.share(studying.value)) : '') +
          (speaking ? text.chineseFact(speaking.year, formats.share(speaking.value)) : '') +
          text.end,
      };
    },
  },
  services: {
    kind: 'line',
    questions: [
      ask('overseas-school-enterprises', ['year']),
      ask('overseas-training-enterprises', ['year']),
      ask('overseas-schools-with-students-share', ['year']),
      ask('overseas-schools-without-students', ['year']),
      ask('credential-recognitions', ['year']),
      ask('inbound-students', ['year']),
      ask('overseas-learners', ['year']),
      ask('teachers-abroad-person-days', ['year']),
    ],
    table: ([schools, trainings]) => combine([schools, trainings]),
    sentence: (
      [schools, trainings, attended, unattended, credentials, students, learners, personDays],
      text,
      formats,
    ) => {
      const served = newestFact(schools, false);
      if (!served) return null;
      const trained = newestFact(trainings, true);
      const used = newestFact(attended, true);
      const unused = newestFact(unattended, true);
      const modes = [
        { fact: newestFact(credentials, true), describe: text.crossBorderFact },
        { fact: newestFact(students, false), describe: text.consumptionFact },
        { fact: newestFact(learners, true), describe: text.presenceFact },
        { fact: newestFact(personDays, true), describe: text.movementFact },
      ];
      const volumes = modes.flatMap(({ fact, describe }) =>
        fact ? [describe(fact.year, formats.number(fact.value))] : [],
      );
      return {
        facts: present([served, trained, used, unused, ...modes.map((mode) => mode.fact)]),
        text:
          text.servedFact(served.year, formats.number(served.value)) +
          (trained ? text.trainedFact(trained.year, formats.number(trained.value)) : '') +
          (used ? text.attendedFact(used.year, formats.share(used.value)) : '') +
          (unused ? text.unattendedFact(unused.year, formats.number(unused.value)) : '') +
          text.end +
          (volumes.length > 0 ? text.modesFact(volumes.join(text.join)) + text.end : ''),
      };
    },
  },
};

/** How the Herfindahl-Hirschman index is read. */
export function wordOfIndex(
  index: number,
  text: Pick<DilemmaWords, 'concentrated' | 'moderate' | 'spread'>,
): string {
  if (index > 2500) return text.concentrated;
  return index < 1500 ? text.spread : text.moderate;
}
