import type { Finding } from './finding';
import type { Language } from '../language';

/** How numbers and periods of one figure are written. */
export interface Wording {
  /** The name of the figure in the language of the page. */
  figure: string;
  /** A value with its unit. */
  value: (value: number) => string;
  /** A difference with its sign and unit. */
  difference: (value: number) => string;
  period: (period: string) => string;
  share: (share: number) => string;
}

/** The title of a picture: a sentence that says what it shows. */
export function writeFinding(finding: Finding, wording: Wording, language: Language): string {
  return language === 'zh' ? writeInChinese(finding, wording) : writeInEnglish(finding, wording);
}

function writeInChinese(finding: Finding, wording: Wording): string {
  const { figure, value, period } = wording;
  switch (finding.kind) {
    case 'nothing':
      return `${figure}：没有符合条件的数据`;
    case 'not-reported':
      return finding.lastReported === null
        ? `${figure}：${period(finding.period)}尚未报送`
        : `${figure}：${period(finding.period)}尚未报送，最近报送的是 ${finding.lastReported} 年`;
    case 'value':
      return `${figure}：${period(finding.period)}为 ${value(finding.value)}`;
    case 'moved':
      return (
        `${figure}：${period(finding.from)}至 ${period(finding.to)}由 ${value(finding.before)}` +
        `${verb(finding.before, finding.after, '增至', '降至', '变为')} ${value(finding.after)}`
      );
    case 'leader': {
      const share = finding.share === null ? '' : `，占 ${wording.share(finding.share)}`;
      return `${period(finding.period)}，${joinNames(finding.names, 'zh')}最多：${value(finding.value)}${share}`;
    }
    case 'leaders':
      return (
        `${period(finding.period)}，${finding.leaders.map((name) => name.zh).join('、')}` +
        `三者合占 ${wording.share(finding.share)}`
      );
    case 'fastest':
      return (
        `${period(finding.from)}至 ${period(finding.to)}增加最多的是${joinNames(finding.names, 'zh')}` +
        `（${wording.difference(finding.amount)}）`
      );
  }
}

function writeInEnglish(finding: Finding, wording: Wording): string {
  const { figure, value, period } = wording;
  switch (finding.kind) {
    case 'nothing':
      return `${figure}: nothing matches`;
    case 'not-reported':
      return finding.lastReported === null
        ? `${figure}: ${period(finding.period)} not reported yet`
        : `${figure}: ${period(finding.period)} not reported yet; the last reported year is ${finding.lastReported}`;
    case 'value':
      return `${figure}: ${value(finding.value)} in ${period(finding.period)}`;
    case 'moved':
      return (
        `${figure} ${verb(finding.before, finding.after, 'rose', 'fell', 'went')} from ` +
        `${value(finding.before)} in ${period(finding.from)} to ${value(finding.after)} in ${period(finding.to)}`
      );
    case 'leader': {
      const share = finding.share === null ? '' : `, ${wording.share(finding.share)} of all`;
      return `${joinNames(finding.names, 'en')} leads in ${period(finding.period)}: ${value(finding.value)}${share}`;
    }
    case 'leaders': {
      const names = finding.leaders.map((name) => name.en);
      return (
        `${names.slice(0, -1).join(', ')} and ${names.at(-1)} together have ` +
        `${wording.share(finding.share)} in ${period(finding.period)}`
      );
    }
    case 'fastest':
      return (
        `${joinNames(finding.names, 'en')} grew most from ${period(finding.from)} to ` +
        `${period(finding.to)} (${wording.difference(finding.amount)})`
      );
  }
}

function joinNames(names: { zh: string; en: string }[], language: Language): string {
  return names.map((name) => name[language]).join(language === 'zh' ? '·' : ', ');
}

function verb(before: number, after: number, up: string, down: string, same: string): string {
  return after > before ? up : after < before ? down : same;
}
