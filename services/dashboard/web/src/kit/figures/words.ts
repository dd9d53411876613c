import { defineWords } from '../words';

/** How filters and lists are written around the names of the API. */
export const words = defineWords({
  zh: {
    yearClose: '年度提交状态',
    membersThen: '当时成员',
    membersNow: '现成员',
    notOn: (list: string) => `不在${list}`,
    filter: (dimension: string, values: string[]) => `${dimension}：${values.join('、')}`,
  },
  en: {
    yearClose: 'State of a year',
    membersThen: 'members then',
    membersNow: 'members now',
    notOn: (list: string) => `not ${list}`,
    filter: (dimension: string, values: string[]) => `${dimension}: ${values.join('; ')}`,
  },
});
