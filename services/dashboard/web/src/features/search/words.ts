import { defineWords } from '../../kit/words';

export const words = defineWords({
  zh: {
    title: '搜索',
    placeholder: '指标、省份、国家和地区、报送文件，或记录编号（如 12/LB-1）；可输拼音或首字母',
    page: '页面',
    figure: '指标',
    place: '地方',
    record: '记录',
    submission: '报送',
    searching: '正在查找记录……',
    nothing: '没有找到。记录请按“省份代码/编号”查找。',
  },
  en: {
    title: 'Search',
    placeholder:
      'Figures, provinces, countries and regions, files, or the key of a record (12/LB-1); pinyin and initials',
    page: 'Page',
    figure: 'Figure',
    place: 'Place',
    record: 'Record',
    submission: 'File',
    searching: 'Looking for records …',
    nothing: 'Nothing found. A record is found by the code of its province and its key.',
  },
});
