import { defineWords } from '../../kit/words';

export const words = defineWords({
  zh: {
    title: '难点与质量',
    lead: '每个难点一幅图、一句话，数字由记录实时算出。',
    admissions: '录取前测评少，职业院校占比小',
    partners: '合作方集中在北美、大洋洲和欧洲',
    schools: '境外办学集中在东南亚和非洲',
    stay: '外籍教师任职时间短，出国（境）教师在外时间短',
    certificates: '线上证书认可度低',
    quality: '来华留学的培养质量',
    services: '服务企业与四种服务提供方式',
    admissionsFact: (year: string, share: string) =>
      `${year} 年入学的来华留学生中，录取前经过能力测评的占 ${share}`,
    pointsSince: (year: string, points: string) => `，与 ${year} 年相比 ${points}`,
    vocationalFact: (year: string, share: string) =>
      `；职业院校学生占全国来华留学生的 ${share}（${year} 年）`,
    partnersFact: (count: string, leaders: string, share: string) =>
      `${count} 个外方合作者中，${leaders}三国占 ${share}`,
    regionsFact: (regions: string, share: string) => `；${regions}合占 ${share}`,
    listFact: (list: string, share: string) => `，${list}占 ${share}`,
    schoolsFact: (count: string, first: string, share: string) =>
      `${count} 个境外办学机构中，${first}占 ${share}`,
    regionFact: (region: string, share: string) => `，${region}占 ${share}`,
    hhiFact: (index: string, word: string) => `；按大洲计算的集中度指数为 ${index}（${word}）`,
    concentrated: '高于 2,500 为高度集中',
    moderate: '1,500 至 2,500 为中度集中',
    spread: '低于 1,500 为分散',
    leavingFact: (year: string, share: string) => `${year} 年离职的外籍教师中，${share} 任职不满一年`,
    medianFact: (days: string) => `，任职时间中位数 ${days} 天`,
    shortFact: (year: string, share: string) => `；${year} 年出国（境）教师中，${share} 在外不足 90 天`,
    certificatesFact: (year: string, share: string) =>
      `${year} 年作出决定的线上学分和证书中，获得认可的占 ${share}`,
    allFact: (share: string) => `；不分线上线下为 ${share}`,
    completionFact: (year: string, share: string) => `${year} 年离校的来华留学生中，毕业或结业的占 ${share}`,
    leavingEarlyFact: (share: string) => `，退学的占 ${share}`,
    degreeFact: (year: string, share: string) => `；${year} 年在读的来华留学生中，学历生占 ${share}`,
    chineseFact: (year: string, share: string) =>
      `；${year} 年入学且报送了汉语水平的，达到 HSK 四级的占 ${share}`,
    servedFact: (year: string, count: string) => `境外办学机构服务企业 ${count} 家（${year} 年）`,
    trainedFact: (year: string, count: string) => `，培训企业 ${count} 家（${year} 年）`,
    attendedFact: (year: string, share: string) =>
      `；报送了在校生数的境外办学机构中，有学生的占 ${share}（${year} 年）`,
    unattendedFact: (year: string, count: string) =>
      `；连续两年无在校生的在办境外办学机构 ${count} 个（${year} 年）`,
    modesFact: (volumes: string) => `四种服务提供方式的规模：${volumes}`,
    crossBorderFact: (year: string, count: string) =>
      `跨境交付，作出学分和证书互认决定 ${count} 项（${year} 年）`,
    consumptionFact: (year: string, count: string) => `境外消费，来华留学生 ${count} 人（${year} 年）`,
    presenceFact: (year: string, count: string) => `商业存在，境外办学服务 ${count} 人（${year} 年）`,
    movementFact: (year: string, count: string) => `自然人移动，教师出国（境）${count} 人日（${year} 年）`,
    end: '。',
    numbers: '句中的数字：',
    factOf: (value: string, year: string) => `${value}（${year}）`,
    table: '同一数据的表格',
    figure: '指标',
    open: '整页打开',
    all: '全部难点',
    csv: 'CSV',
    source: (moment: string) => `来源：远航，${moment}（北京时间）所知`,
    png: 'PNG',
    stopped: '尚无数据。',
    join: '、',
  },
  en: {
    title: 'Dilemmas and quality',
    lead: 'Each is one picture and one sentence. The numbers are computed from the records, live.',
    admissions: 'Admissions are seldom assessed, and the vocational share is small',
    partners: 'Partners are concentrated in North America, Oceania and Europe',
    schools: 'Overseas schools are concentrated in South-East Asia and Africa',
    stay: 'Foreign teachers leave soon, and teachers abroad stay short',
    certificates: 'Certificates earned online are often not recognised',
    quality: 'Quality of the education of inbound students',
    services: 'Enterprises served, and the four modes of supply',
    admissionsFact: (year: string, share: string) =>
      `Of the international students who started in ${year}, ${share} were assessed before admission`,
    pointsSince: (year: string, points: string) => `, ${points} against ${year}`,
    vocationalFact: (year: string, share: string) =>
      `; vocational colleges have ${share} of all international students in China (${year})`,
    partnersFact: (count: string, leaders: string, share: string) =>
      `Of ${count} foreign partners, ${share} are from three countries: ${leaders}`,
    regionsFact: (regions: string, share: string) => `; ${regions} together have ${share}`,
    listFact: (list: string, share: string) => `, ${list} have ${share}`,
    schoolsFact: (count: string, first: string, share: string) =>
      `Of ${count} overseas schools, ${share} are in ${first}`,
    regionFact: (region: string, share: string) => `, ${share} in ${region}`,
    hhiFact: (index: string, word: string) => `; the index of concentration by region is ${index} (${word})`,
    concentrated: 'over 2,500 is highly concentrated',
    moderate: '1,500 to 2,500 is moderately concentrated',
    spread: 'under 1,500 is spread',
    leavingFact: (year: string, share: string) =>
      `Of the foreign teachers who left in ${year}, ${share} had stayed less than a year`,
    medianFact: (days: string) => `, the median stay was ${days} days`,
    shortFact: (year: string, share: string) =>
      `; of the teachers sent abroad in ${year}, ${share} stayed less than 90 days`,
    certificatesFact: (year: string, share: string) =>
      `Of the online credentials decided on in ${year}, ${share} were recognised`,
    allFact: (share: string) => `; of all credentials, ${share}`,
    completionFact: (year: string, share: string) =>
      `Of the inbound students who left in ${year}, ${share} had graduated or completed`,
    leavingEarlyFact: (share: string) => `, and ${share} had withdrawn`,
    degreeFact: (year: string, share: string) =>
      `; of the inbound students enrolled in ${year}, ${share} study for a degree`,
    chineseFact: (year: string, share: string) =>
      `; of the known levels of Chinese at entry in ${year}, ${share} are HSK 4 or higher`,
    servedFact: (year: string, count: string) => `Overseas schools serve ${count} enterprises (${year})`,
    trainedFact: (year: string, count: string) => `, their trainings ${count} (${year})`,
    attendedFact: (year: string, share: string) =>
      `; of the schools with a reported headcount, ${share} have students (${year})`,
    unattendedFact: (year: string, count: string) =>
      `; open schools without students for two years: ${count} (${year})`,
    modesFact: (volumes: string) => ` Volume of the four modes of supply: ${volumes}`,
    crossBorderFact: (year: string, count: string) =>
      `cross-border supply, ${count} decisions on credentials (${year})`,
    consumptionFact: (year: string, count: string) =>
      `consumption abroad, ${count} inbound students (${year})`,
    presenceFact: (year: string, count: string) =>
      `commercial presence, ${count} learners at overseas schools (${year})`,
    movementFact: (year: string, count: string) =>
      `movement of natural persons, ${count} person-days of teachers abroad (${year})`,
    end: '.',
    numbers: 'The numbers of the sentence:',
    factOf: (value: string, year: string) => `${value} (${year})`,
    table: 'The same numbers as a table',
    figure: 'Figure',
    open: 'Open as a page',
    all: 'All dilemmas',
    csv: 'CSV',
    source: (moment: string) => `Source: Voyage, as known at ${moment} (Beijing time)`,
    png: 'PNG',
    stopped: 'There is no data yet.',
    join: ', ',
  },
});

export type DilemmaWords = (typeof words)['zh'];
