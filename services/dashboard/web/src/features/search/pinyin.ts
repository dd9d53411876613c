/** Syllables with the characters of the names of figures, records, pages, provinces and countries that are read so. */
const SYLLABLES =
  'a阿 ai埃爱 an安按 ang昂 ao奥澳 ba巴 bai拜白百 ban办班 bang邦 bao保堡报 bei北被贝 ben本 bi比毕秘 ' +
  'bian变 biao标 bie别 bin宾 bing兵冰 bo伯博泊波玻 bu不布部 cai采 ce测 chan产 chao朝超 cheng成 ' +
  'chi赤 chong重 chu出处 chuan川 ci次茨 da大达 dai代待 dan丹旦诞 dao导岛道 de得德的 deng登 ' +
  'di地帝蒂迪 dian典点甸 ding丁定 dong东动 dou都 du度 duan短 dui对 dun敦顿 duo多 e俄厄 en恩 er尔耳 ' +
  'fa伐发法 fan梵 fang坊方 fei斐菲非 fen份分芬 fo佛 fu夫富服福芙 gan干甘 gang冈刚港 gao高 ge各哥格 ' +
  'gen根 gong工 gou构 gu古 gua瓜 guan关 guang广 gui圭规贵 guo国果过 ha哈 hai海 han汉汗韩 ' +
  'he合和河荷赫 hei黑 hong洪 hu互湖 hua化华 hui回徽 ji几及吉基机济籍级计记集 jia加家 jian建柬间 jiang匠江疆 ' +
  'jiao教角 jie捷结 jin津近金 jing京境径 ju举据 jue决 jun均 ka卡喀 kai凯开 ke克可科 ken肯 kou口 ' +
  'ku库 la拉腊 lai来莱 lan兰览 lang朗 lao劳老 le勒 li例利力历理离立里黎 lian联连 liang两 liao辽 ' +
  'lie列 lin林 ling陵领 liu留 long隆龙 lu卢录路鲁 lun伦 luo洛罗 lv律率 ma马 mai买麦 man曼满 mao毛 ' +
  'mei美 men门 meng孟盟蒙 mi密米 mian缅 mo墨摩莫 mu慕目 na拿纳那 nai奈 nan南难 nao瑙 nei内 nen嫩 ' +
  'ni尼 nian年 ning宁 niu纽 nu努 nuo挪诺 ou欧 pa帕 pei培 peng蓬 pi皮 ping平评 po坡 pu埔普浦葡 ' +
  'qi企其奇期 qian前 qiao乔侨 qie且 qing庆青 qiu求酋 qu区取 quan全 qun群 ren人任认 ri日 rong蓉 ' +
  'ru入 rui瑞 sa撒萨 sai塞 san三 sang桑 se色 sen森 sha沙 shan山陕 shang上 shao绍 she舌设 ' +
  'shen审 sheng圣昇生省 shi士实市师时 shu书属数 shui水 si丝四斯 song松送 su肃苏 suo所索 ta他塔 tai台泰 ' +
  'tan坦探 tang唐汤 tao萄陶 te特 ti提 tian天 ting廷 tong同 tu图土突 tuan团 tui退 tuo托脱陀 wa瓦 ' +
  'wai外 wan宛湾 wang旺汪 wei位危委威维韦 wen文汶 wo挝 wu乌务吾无 xi习希西 xia夏 xian现鲜 xiang项香 ' +
  'xiao小校 xie歇 xin新 xing行 xiong匈 xiu修 xu叙续 xue学 xun训 ya亚牙 yan延研 yang扬洋 ye业也 ' +
  'yi一以伊意 yin印 ying英 you尤有 yu于域屿禹语 yuan员源院 yue约越 yun云运 zai在 zan赞 zang藏 ze则泽 ' +
  'zeng增 zha乍 zhai寨 zhan占 zhang账长 zhe浙者 zheng政证郑 zhi值指支智治直织职 zhong中 zhou州洲 ' +
  'zhuan专 zhuang壮 zhun准 zi兹自 zong总 zu族组 zuo作';

const syllables = new Map(
  SYLLABLES.split(' ').flatMap((each) => {
    const [, syllable = '', characters = ''] = /^([a-z]+)(.+)$/.exec(each) ?? [];
    return [...characters].map((character) => [character, syllable] as const);
  }),
);

/** The syllables of a Chinese name, of the characters that are known. */
export function spellPinyin(name: string): string[] {
  return [...name].flatMap((character) => syllables.get(character) ?? []);
}

/** Whether Latin letters are pinyin or initials of a part of the name: laihua, guangx and jwbx. */
export function isPinyinOf(letters: string, spelled: readonly string[]): boolean {
  const initials = spelled.map((syllable) => syllable[0]).join('');
  return spelled.some(
    (_, at) => spelled.slice(at).join('').startsWith(letters) || initials.slice(at).startsWith(letters),
  );
}

/** Whether the letters are initials of the name in their order, all but one at most: for what is typed from memory. */
export function resemblesInitials(letters: string, spelled: readonly string[]): boolean {
  const initials = spelled.map((syllable) => syllable[0]);
  const isWithin = (sought: string) => {
    let at = 0;
    for (const initial of initials) if (initial === sought[at]) at++;
    return at === sought.length;
  };
  return [...letters].some((_, left) => isWithin(letters.slice(0, left) + letters.slice(left + 1)));
}
