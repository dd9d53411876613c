import { defineWords } from '../words';

/** Columns that the platform adds to the fields of a record. */
export const words = defineWords({
  zh: { sourceId: '记录编号', withdrawField: '撤回', reasonField: '撤回原因' },
  en: { sourceId: 'Record id', withdrawField: 'Withdraw', reasonField: 'Reason for withdrawal' },
});
