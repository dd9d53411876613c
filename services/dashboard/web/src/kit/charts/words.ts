import { defineWords } from '../words';

export const words = defineWords({
  zh: {
    apart: '港澳台地区，单列',
    heatTable: '热力表',
    dots: '大洲点图',
    legend: '图例',
    upTo: (limit: string) => `≤ ${limit}`,
    notReported: '无数值或尚未报送',
    notReportedShort: '未报',
    arrangement: '示意排列，不是地图，不表示边界和面积。',
    noSenders: '台湾省资料暂缺；香港、澳门不在本统计报送范围。',
    grid: '省份方格',
    moreCharts: (count: string) => `再显示其余 ${count} 个`,
    notDrawn: (count: string) => `图中只画出前面的行，另有 ${count} 行见下表。`,
  },
  en: {
    apart: 'Hong Kong, Macao and Taiwan of China, apart',
    heatTable: 'Heat table',
    dots: 'Dots by region',
    legend: 'Legend',
    upTo: (limit: string) => `≤ ${limit}`,
    notReported: 'no value, or not reported',
    notReportedShort: 'n.r.',
    arrangement: 'An arrangement, not a map: it shows no borders and no areas.',
    noSenders:
      'There is no data of Taiwan Province yet. Hong Kong and Macao do not report to these statistics.',
    grid: 'Province grid',
    moreCharts: (count: string) => `Show the other ${count}`,
    notDrawn: (count: string) => `The picture shows the first rows; the table below has ${count} more.`,
  },
});
