import { defineWords } from '../../kit/words';
import type { DraftFault } from './draft';

/** Words of the form of one record, and of what is done to it. */
export const formWords = defineWords({
  zh: {
    newTitle: (record: string) => `新增${record}`,
    editTitle: '更正：',
    restoreTitle: '恢复：',
    lead: (record: string, province: string, key: string) => `${record} · ${province} · 编号 ${key}`,
    leadNew: (record: string, province: string) => `${record} · ${province}报送`,
    back: '返回记录',
    key: '记录编号',
    keyHint: '本省自编，1 至 120 个字符，入库后凭它更正或撤回。不得含个人信息。',
    personalHint:
      '选填。只送交业务系统加密保存，本页不显示已有内容；三项都不填则保持不变；更正时须三项一并填写。',
    onePerLine: '；每行一项。',
    choose: '请选择',
    addItem: '增加一项',
    removeItem: (at: number) => `删除第 ${at} 项`,
    showEffect: '查看对指标的影响',
    effect: '对指标的影响（尚未入库）',
    noEffect: '不改变任何指标。',
    store: '入库',
    storing: '正在入库……',
    cancel: '取消',
    faults: (count: number) => `有 ${count} 处需要修改，已在各项下方说明。`,
    fault: (fault: DraftFault, names: string[]) => {
      switch (fault.kind) {
        case 'required':
          return '必填。';
        case 'tooLong':
          return `不超过 ${fault.max} 个字符。`;
        case 'noInteger':
          return '请填整数。';
        case 'outOfRange':
          return `应在 ${fault.min} 至 ${fault.max} 之间。`;
        case 'tooMany':
          return `不超过 ${fault.max} 项。`;
        case 'incomplete':
          return '每一项的各部分都要填。';
        case 'exactlyOne':
          return `${names.map((name) => `“${name}”`).join('与')}填一项且只填一项。`;
        case 'together':
          return '更正个人信息时，各项须一并填写。';
      }
    },
    stored: (version: number) => `已入库，现为第 ${version} 版。`,
    unchanged: '内容与现行版本相同，没有产生新版本。',
    personalStored: '个人信息已送交业务系统，其余内容与现行版本相同。',
    parked: '所属记录尚未报送，本条暂存；所属记录入库后自动处理。',
    toRecord: '查看记录',
    another: '再新增一条',
    warned: '规则提示（不影响入库）',
    conflict: '您填写期间，他人已更正这条记录。您填写的内容已保留。',
    conflictChanges: (version: number) => `第 ${version} 版的变更：`,
    conflictKept: '同一字段双方都改过的，以您填写的为准：',
    gone: '您填写期间，他人已撤回、合并这条记录或改用新编号。您填写的内容尚未入库。',
    openPresent: '查看现在的记录',
    continueOn: '在最新版本上继续',
    exists: '这个编号已有记录。请换一个编号，或打开该记录更正。',
    openExisting: '打开该记录',
    withdraw: '撤回',
    withdrawTitle: '撤回这条记录',
    withdrawLead: '撤回后不再计入任何指标，历史保留，可以恢复。有下属记录的不能撤回，请先撤回下属记录。',
    rename: '改编号',
    renameTitle: '改用新编号',
    renameLead: '记录内容和历史不变，下属记录随之转移。原编号不再使用。',
    merge: '合并',
    mergeTitle: '并入另一条相同的记录',
    mergeLead: '两条记录说的是同一件事时使用。本条停用，下属记录转到保留的记录。',
    edit: '更正',
    restore: '恢复',
    reason: '原因',
    reasonHint: '必填，不超过 500 字，会进入历史和审计。不得含个人信息。',
    newKey: '新编号',
    into: '保留的记录',
    intoHint: '按名称或编号查找本省同类记录。',
    keep: '双方有同一数据时',
    keepHint: '如同年同专业的在校生数，只能有一条计入。',
    keepTarget: '以保留的记录为准',
    keepSource: '以本条为准',
    keepUnsaid: '先不指定，有重复时再选',
    bureauOnly: '只有该省的省级教育行政部门可以新增或更正记录。',
  },
  en: {
    newTitle: (record: string) => `New: ${record}`,
    editTitle: 'Correct: ',
    restoreTitle: 'Restore: ',
    lead: (record: string, province: string, key: string) => `${record} · ${province} · key ${key}`,
    leadNew: (record: string, province: string) => `${record} · sent by ${province}`,
    back: 'Back to the record',
    key: 'Record id',
    keyHint:
      'Your own key, 1 to 120 characters. Corrections and withdrawals name it. It contains no personal data.',
    personalHint:
      'Optional. The service keeps it encrypted, and this page never shows what it has. Without all three it stays as it is; a correction needs all three.',
    onePerLine: '. One a line.',
    choose: 'Choose',
    addItem: 'Add one',
    removeItem: (at: number) => `Remove number ${at}`,
    showEffect: 'Show the effect on figures',
    effect: 'Effect on figures (nothing is stored yet)',
    noEffect: 'No figure moves.',
    store: 'Store',
    storing: 'Storing …',
    cancel: 'Cancel',
    faults: (count: number) => `${count} fields need a repair. Each says why.`,
    fault: (fault: DraftFault, names: string[]) => {
      switch (fault.kind) {
        case 'required':
          return 'Required.';
        case 'tooLong':
          return `At most ${fault.max} characters.`;
        case 'noInteger':
          return 'A whole number is wanted.';
        case 'outOfRange':
          return `Between ${fault.min} and ${fault.max}.`;
        case 'tooMany':
          return `At most ${fault.max} items.`;
        case 'incomplete':
          return 'Each item needs all its parts.';
        case 'exactlyOne':
          return `Exactly one of ${names.join(' and ')} is wanted.`;
        case 'together':
          return 'A correction of personal data needs all its fields.';
      }
    },
    stored: (version: number) => `Stored as version ${version}.`,
    unchanged: 'The content is that of the present version. No new version was made.',
    personalStored: 'The personal data were stored. All else is as in the present version.',
    parked: 'The parent record has not come yet. This one is parked and stored when the parent comes.',
    toRecord: 'Open the record',
    another: 'Add another',
    warned: 'Warnings of rules (the record is stored)',
    conflict: 'Somebody corrected this record while you were writing. Your input is kept.',
    conflictChanges: (version: number) => `What version ${version} changed:`,
    conflictKept: 'Both changed these fields. Yours are kept:',
    gone: 'Another person withdrew, renamed or merged this record while you were writing. Your input is not stored.',
    openPresent: 'See the record as it is now',
    continueOn: 'Go on with the newest version',
    exists: 'There is a record with this key. Choose another key, or open that record.',
    openExisting: 'Open that record',
    withdraw: 'Withdraw',
    withdrawTitle: 'Withdraw this record',
    withdrawLead:
      'No figure counts it any more. Its history stays, and it can be restored. Withdraw its child records first.',
    rename: 'Change the key',
    renameTitle: 'Go on under another key',
    renameLead: 'Content and history stay, and child records follow. The old key is not used again.',
    merge: 'Merge',
    mergeTitle: 'Merge into another record',
    mergeLead:
      'For two records of the same thing. This one ends, and its child records go to the one that stays.',
    edit: 'Correct',
    restore: 'Restore',
    reason: 'Reason',
    reasonHint: 'Required, at most 500 characters. History and audit show it. It contains no personal data.',
    newKey: 'New key',
    into: 'Record that stays',
    intoHint: 'Find a record of this kind and province by its name or key.',
    keep: 'Where both have the same child',
    keepHint: 'Students of one year and major, for example: only one of the two may count.',
    keepTarget: 'That of the record that stays',
    keepSource: 'That of this record',
    keepUnsaid: 'Not decided; ask where there is one',
    bureauOnly: 'Only the bureau of the province adds or corrects records.',
  },
});
