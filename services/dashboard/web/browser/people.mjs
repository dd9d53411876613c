// The seeded people of the local issuer, and what each role finds in the menu.
export const PEOPLE = [
  {
    id: 'wang-fang',
    name: '王芳',
    role: 'operator',
    finds: ['/', '/explore', '/bureaus', '/health', '/audit'],
  },
  { id: 'li-jian', role: 'auditor', finds: ['/', '/explore', '/bureaus', '/audit'] },
  { id: 'zhao-min', role: 'privacy-officer', finds: ['/audit'], never: ['/send', '/bureaus', '/health'] },
  {
    id: 'chen-jing',
    role: 'bureau',
    province: '12',
    place: '天津',
    finds: ['/', '/send'],
    never: ['/health'],
  },
  { id: 'zhou-wei', role: 'bureau', province: '32', finds: ['/', '/send'], never: ['/health'] },
  { id: 'huang-li', role: 'bureau', province: '45', finds: ['/', '/send'], never: ['/health'] },
  {
    id: 'sun-hao',
    role: 'alliance',
    alliance: 'WFCP',
    finds: ['/explore'],
    never: ['/send', '/health', '/audit'],
  },
];
