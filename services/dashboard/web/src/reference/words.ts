import type { Language } from '../kit/language';

interface ReferenceWords {
  /** Language of the page, and of the words that the renderer writes. */
  tag: string;
  locale: string;
  title: string;
  home: string;
  otherLanguage: string;
  api: (service: string) => string;
  events: (service: string) => string;
  models: string;
}

/** The page's own words; it has no React, so they are plain values. */
export const words: Record<Language, ReferenceWords> = {
  zh: {
    tag: 'zh-Hans',
    locale: 'zh-CN',
    title: '接口与事件',
    home: '远航工作台',
    otherLanguage: 'English',
    api: (service) => `${service}：接口`,
    events: (service) => `${service}：事件`,
    models: '数据结构',
  },
  en: {
    tag: 'en',
    locale: 'en',
    title: 'APIs and events',
    home: 'Voyage dashboard',
    otherLanguage: '中文',
    api: (service) => `${service}: API`,
    events: (service) => `${service}: events`,
    models: 'Schemas',
  },
};
