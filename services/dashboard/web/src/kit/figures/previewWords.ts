import { defineWords } from '../words';

/** Words on the effect that changes would have on the figures. */
export const previewWords = defineWords({
  zh: {
    figure: '指标',
    period: '年度',
    now: '现值',
    would: '入库后',
    difference: '差额',
    effectTitle: '对全国数字的影响（尚未入库）',
    effectMoment: (moment: string) => `按 ${moment} 的数字计算`,
    effectBusy: (seconds: number) => `前面还有其他影响预览正在计算，${seconds} 秒后自动再试。`,
    effectComputing: '正在计算对各项指标的影响……',
    recompute: '重新计算',
    placesTitle: '位次变化',
    place: (dimension: string, name: string) => `${dimension}：${name}`,
    placeMove: (before: string, after: string) => `第 ${before} → 第 ${after} 位`,
    placeNew: (after: string) => `新列第 ${after} 位`,
    placeGone: (before: string) => `原第 ${before} 位，不再列出`,
    morePlaces: (count: string) => `另有 ${count} 处位次变化`,
    allMovements: (count: string) => `显示全部 ${count} 项`,
  },
  en: {
    figure: 'Figure',
    period: 'Year',
    now: 'Now',
    would: 'After storing',
    difference: 'Difference',
    effectTitle: 'Effect on national figures (nothing is stored yet)',
    effectMoment: (moment: string) => `Computed with the figures of ${moment}`,
    effectBusy: (seconds: number) =>
      `Another preview is being computed. This one is asked for again in ${seconds} s.`,
    effectComputing: 'Computing the effect on every figure …',
    recompute: 'Compute again',
    placesTitle: 'Places that change',
    place: (dimension: string, name: string) => `${dimension}: ${name}`,
    placeMove: (before: string, after: string) => `place ${before} → ${after}`,
    placeNew: (after: string) => `new at place ${after}`,
    placeGone: (before: string) => `was at place ${before}, no longer listed`,
    morePlaces: (count: string) => `${count} more places change`,
    allMovements: (count: string) => `Show all ${count}`,
  },
});
