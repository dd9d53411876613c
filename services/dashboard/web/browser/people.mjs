// The seeded people of the local issuer: what each role finds in the menu, and an API and a page that refuse it.

/** A write that no role but a bureau may do, and of the bureaus only that of the province. */
const WRITE = { path: '/api/overseas/v1/overseas-schools/12/BROWSER-FORBIDDEN', method: 'PUT' };
const PROOFS = { path: '/api/indicators/v1/proofs', method: 'GET' };
const BUREAUS_ONLY = '只有省级教育行政部门可以报送数据';
const REFUSED = '当前账号无权查看';

export const PEOPLE = [
  {
    id: 'wang-fang',
    name: '王芳',
    role: 'operator',
    finds: ['/', '/explore', '/bureaus', '/health', '/audit'],
    forbidden: { api: WRITE, page: '/send', says: BUREAUS_ONLY },
  },
  {
    id: 'li-jian',
    name: '李健',
    role: 'auditor',
    finds: ['/', '/explore', '/bureaus', '/audit'],
    forbidden: { api: { ...PROOFS, method: 'POST' }, page: '/send/overseas-school', says: BUREAUS_ONLY },
  },
  {
    id: 'zhao-min',
    name: '赵敏',
    role: 'privacy-officer',
    finds: ['/audit'],
    never: ['/send', '/bureaus', '/health'],
    forbidden: { api: PROOFS, page: '/explore/overseas-schools', says: REFUSED },
  },
  {
    id: 'chen-jing',
    name: '陈静',
    role: 'bureau',
    province: '12',
    place: '天津',
    finds: ['/', '/send'],
    never: ['/health'],
    forbidden: { api: PROOFS, page: '/health', says: REFUSED },
  },
  {
    id: 'zhou-wei',
    name: '周伟',
    role: 'bureau',
    province: '32',
    finds: ['/', '/send'],
    never: ['/health'],
    forbidden: { api: PROOFS, page: '/health', says: REFUSED },
    // Records of other provinces look like none.
    absent: WRITE,
  },
  {
    id: 'huang-li',
    name: '黄丽',
    role: 'bureau',
    province: '45',
    finds: ['/', '/send'],
    never: ['/health'],
    forbidden: { api: PROOFS, page: '/alliances', says: REFUSED },
    absent: WRITE,
  },
  {
    id: 'sun-hao',
    name: '孙浩',
    role: 'alliance',
    alliance: 'WFCP',
    finds: ['/', '/explore', '/alliances'],
    never: ['/send', '/health', '/audit'],
    forbidden: { api: PROOFS, page: '/bureaus', says: REFUSED },
  },
];
