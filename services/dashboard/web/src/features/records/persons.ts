import { RECORD_FORMS } from '../../generated/records';

/** Whether bureaus send personal data with such records, which no answer of the API repeats. */
export function isOfPersons(record: string): boolean {
  return RECORD_FORMS[record]?.fields.some((field) => field.personal) ?? false;
}
