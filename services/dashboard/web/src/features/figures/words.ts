import { defineWords } from '../../kit/words';

/** Names that no answer of an API has yet: of splits that are no field of a record, of lists, and of units that send nothing. */
export const words = defineWords({
  zh: {
    dimensions: (code: string) =>
      ({
        province: '省份',
        region: '大洲',
        subRegion: '次区域',
        country: '国家（地区）',
        hostCountry: '所在国家（地区）',
        nationality: '国籍（地区）',
        partnerCountry: '外方国家（地区）',
        college: '院校',
        stay: '任职时间',
        alliance: '联盟',
        kind: '类别',
      })[code] ?? '',
    lists: (code: string) =>
      ({
        'belt-and-road': '共建“一带一路”国家',
        asean: '东盟',
        sco: '上海合作组织',
        'african-union': '非洲联盟',
        eu: '欧盟',
        brics: '金砖国家',
        'double-high': '双高计划院校',
      })[code] ?? '',
    membersThen: '当时成员',
    membersNow: '现成员',
    notOn: (list: string) => `不在${list}`,
    filter: (dimension: string, values: string[]) => `${dimension}：${values.join('、')}`,
    withoutData: (code: string) => ({ '71': '台湾省', '81': '香港', '82': '澳门' })[code] ?? '',
  },
  en: {
    dimensions: (code: string) =>
      ({
        province: 'Province',
        region: 'Region',
        subRegion: 'Sub-region',
        country: 'Country or region',
        hostCountry: 'Host country or region',
        nationality: 'Nationality or region',
        partnerCountry: 'Country or region of the partner',
        college: 'College',
        stay: 'Length of stay',
        alliance: 'Alliance',
        kind: 'Kind',
      })[code] ?? '',
    lists: (code: string) =>
      ({
        'belt-and-road': 'Belt and Road countries',
        asean: 'ASEAN',
        sco: 'Shanghai Cooperation Organisation',
        'african-union': 'African Union',
        eu: 'European Union',
        brics: 'BRICS',
        'double-high': 'Double High Plan colleges',
      })[code] ?? '',
    membersThen: 'members then',
    membersNow: 'members now',
    notOn: (list: string) => `not ${list}`,
    filter: (dimension: string, values: string[]) => `${dimension}: ${values.join('; ')}`,
    withoutData: (code: string) =>
      ({ '71': 'Taiwan, China', '81': 'Hong Kong, China', '82': 'Macao, China' })[code] ?? '',
  },
});
