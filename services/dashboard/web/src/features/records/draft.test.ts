import { describe, expect, it } from 'vitest';
import { RECORD_FORMS } from '../../generated/records';
import { checkDraft, isAllowed, isRequired, joinDrafts, readDraft, writeDraft } from './draft';

const school = RECORD_FORMS['overseas-school']!;
const headcount = RECORD_FORMS['cooperative-headcount']!;
const enrolment = RECORD_FORMS['inbound-enrolment']!;

const OPEN = {
  name: '泰国鲁班工坊',
  brand: 'luban-workshop',
  tier: 'workshop',
  form: 'training-centre',
  hostCountry: 'THA',
  foundingColleges: ['4112900001'],
  foreignPartners: [{ name: 'Ayutthaya Technical College', country: 'THA' }],
  status: 'open',
  openedOn: '2016-03-08',
};

describe('readDraft and writeDraft', () => {
  it('send a record as it was read', () => {
    expect(writeDraft(school, readDraft(school, OPEN))).toEqual(OPEN);
    const counted = { institution: 'CI-1', year: 2023, students: 0 };
    expect(writeDraft(headcount, readDraft(headcount, counted))).toEqual(counted);
    expect(writeDraft(enrolment, readDraft(enrolment, { assessed: false }))).toEqual({ assessed: false });
  });

  it('leave out empty texts, empty items and a day that the status forbids', () => {
    const draft = {
      ...readDraft(school, OPEN),
      closedOn: '2024-01-01',
      hostCity: ' ',
      majors: ['460301', ' '],
    };
    expect(writeDraft(school, { ...draft, foreignPartners: [{ name: ' ', country: '' }] })).toEqual({
      ...OPEN,
      foreignPartners: undefined,
      majors: ['460301'],
    });
  });
});

describe('checkDraft', () => {
  it('finds nothing wrong with a good record', () => {
    expect(checkDraft(school, readDraft(school, OPEN))).toEqual({});
  });

  it('asks for the day of closing exactly when a school is closed', () => {
    const closed = readDraft(school, { ...OPEN, status: 'closed' });
    const closedOn = school.fields.find((field) => field.name === 'closedOn')!;
    expect(isAllowed(school, 'closedOn', readDraft(school, OPEN))).toBe(false);
    expect(isRequired(school, closedOn, closed)).toBe(true);
    expect(checkDraft(school, closed)).toEqual({ closedOn: { kind: 'required' } });
  });

  it('finds texts that are too long, half objects, numbers out of range and numbers that are none', () => {
    const draft = readDraft(school, { ...OPEN, name: '校'.repeat(201), foreignPartners: [{ name: 'A' }] });
    expect(checkDraft(school, draft)).toEqual({
      name: { kind: 'tooLong', max: 200 },
      foreignPartners: { kind: 'incomplete' },
    });
    expect(checkDraft(headcount, { institution: 'CI-1', year: '1900', students: '1.5' })).toEqual({
      year: { kind: 'outOfRange', min: 1949, max: 2100 },
      students: { kind: 'noInteger' },
    });
  });

  it('wants one of two parents', () => {
    const both = { institution: 'CI-1', programme: 'CP-1', year: '2023', students: '1' };
    const fault = { kind: 'exactlyOne', fields: ['institution', 'programme'] };
    expect(checkDraft(headcount, both)).toEqual({ institution: fault, programme: fault });
    expect(checkDraft(headcount, { ...both, institution: '', programme: '' })).toEqual({
      institution: fault,
      programme: fault,
    });
    expect(checkDraft(headcount, { ...both, programme: '' })).toEqual({});
  });

  it('wants all personal fields of a correction or none, because the service replaces them together', () => {
    const named = { ...readDraft(enrolment, {}), name: '王小明' };
    const together = { kind: 'together' };
    expect(checkDraft(enrolment, named, true)).toMatchObject({ passportNumber: together, birthDate: together });
    expect(checkDraft(enrolment, named)).not.toHaveProperty('passportNumber');
    expect(checkDraft(enrolment, readDraft(enrolment, {}), true)).not.toHaveProperty('passportNumber');
  });
});

describe('joinDrafts', () => {
  it('keeps what this person changed and takes all else from the other', () => {
    const base = readDraft(school, OPEN);
    const mine = { ...base, hostCity: '清迈', name: '我的名称' };
    const theirs = { ...base, name: '别人的名称', majors: ['460301'] };
    expect(joinDrafts(base, mine, theirs)).toEqual({ ...theirs, hostCity: '清迈', name: '我的名称' });
  });
});
