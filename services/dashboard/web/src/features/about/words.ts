import { defineWords } from '../../kit/words';

export const words = defineWords({
  zh: {
    title: '关于远航',
    lead: '远航汇集职业院校国际交流合作数据，实时计算全国指标。源代码以 Apache-2.0 许可发布。',
    licences: '页面所用开源软件及其许可',
    name: '名称',
    version: '版本',
    licence: '许可',
  },
  en: {
    title: 'About Voyage',
    lead: 'Voyage collects data on the international work of vocational colleges and computes national figures live. Its source is published under Apache-2.0.',
    licences: 'Open-source software in these pages and its licences',
    name: 'Name',
    version: 'Version',
    licence: 'Licence',
  },
});
