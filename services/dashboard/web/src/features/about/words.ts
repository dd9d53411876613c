import { defineWords } from '../../kit/words';

export const words = defineWords({
  zh: {
    title: '关于远航',
    lead: '远航汇集职业院校国际交流合作数据，实时计算全国指标。源代码以 Apache-2.0 许可发布。',
    reference: '接口与事件参考',
    referenceLead: '：各业务服务的全部接口、事件主题和字段。',
    licences: '页面所用开源软件及其许可',
    name: '名称',
    version: '版本',
    licence: '许可',
  },
  en: {
    title: 'About Voyage',
    lead: 'Voyage collects data on the international work of vocational colleges and computes national figures live. Its source is published under Apache-2.0.',
    reference: 'Reference of APIs and events',
    referenceLead: ': all operations, topics and fields of all services.',
    licences: 'Open-source software in these pages and its licences',
    name: 'Name',
    version: 'Version',
    licence: 'Licence',
  },
});
