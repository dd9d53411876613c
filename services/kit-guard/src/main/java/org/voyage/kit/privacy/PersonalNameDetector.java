package org.voyage.kit.privacy;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Detector of texts that look like the name of a person, in Chinese or Latin letters. It knows surnames and no persons,
 * so it can miss a name; {@link PersonalNameMatcher} compares with a name that is known.
 */
public final class PersonalNameDetector {

    /** The most frequent surnames of one character. */
    private static final String SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金"
            + "陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌"
            + "费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强丘艾邝蓝";

    private static final List<String> COMPOUND_SURNAMES =
            List.of("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木", "夏侯", "长孙");
    /** Characters of places, schools and their serials; a text with one of them is no name here. */
    private static final String NO_NAME_CHARACTERS = "省市县区州京津沪渝国校院坊所班馆系部学职业专中心项目编号第期年级届类组批户港岛湾江河湖海山川苏徽肃南北西东方汉语文华侨";

    /** Countries and majors that begin with a surname. */
    private static final Set<String> NO_NAMES = Set.of(
            "马里", "安哥拉", "孟加拉", "马来", "卢旺达", "苏丹", "毛里", "汤加", "贝宁", "石化", "石油", "金融", "安全", "康复", "程控", "高技", "常规",
            "方案");

    private static final Set<String> PINYIN_SURNAMES = Set.of(("wang li zhang liu chen yang zhao huang zhou wu xu sun"
                    + " hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu dong xiao cheng cao yuan deng"
                    + " fu shen zeng peng lu lyu su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan"
                    + " fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan"
                    + " duan qian yin yi chang qiao lai gong wen pang tao hong zhai an ni niu ouyang sima")
            .split(" "));
    private static final Pattern PINYIN_WORD = Pattern.compile(
            "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan"
                    + "|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ue|ui|er|a|o|e|i|u|v)){1,3}");
    private static final Pattern NAME_WORDS = Pattern.compile("\\p{L}{2,}(?:[\\s,·.'_-]+\\p{L}{2,}){1,3}");
    private static final Pattern WORDS_WITHIN =
            Pattern.compile("(?<![\\p{L}\\p{N}])\\p{L}{3,}[\\s,·]+\\p{L}{3,}(?![\\p{L}\\p{N}])");
    /** Two or three words with capitals that follow each other. */
    private static final Pattern NAME_WORDS_WITHIN =
            Pattern.compile("(?<!\\p{L})\\p{Lu}\\p{L}+[ ,·-]+\\p{Lu}\\p{L}+(?:[ -]\\p{Lu}\\p{L}+)?(?!\\p{L})");
    /** Words for a person that stand before or behind the name. */
    private static final Pattern PERSON_WORD =
            Pattern.compile("学生|同学|学员|教师|老师|教授|先生|女士|负责人|联系人|经办人|填报人|院长|校长|主任|书记|退学|离职|转学|去世|本人");

    private static final Pattern WORD_BREAKS = Pattern.compile("[^\\p{L}]+");
    private static final Pattern HAN_TEXTS = Pattern.compile("[\\p{IsHan}·]+");
    private static final Pattern TRANSLITERATED_NAME = Pattern.compile("\\p{IsHan}+(?:·\\p{IsHan}+)+");
    private static final Pattern LATIN_LETTERS = Pattern.compile("\\p{IsLatin}");
    private static final int MAX_NAME_LENGTH = 80;
    /** Maximum number of Chinese characters of a transliterated name without a dot; a longer text is a phrase. */
    private static final int MAX_TRANSLITERATED_LENGTH = 8;

    private PersonalNameDetector() {}

    /**
     * Returns whether the whole text is a name beyond reasonable doubt: two or three Chinese characters that begin with
     * a surname, a transliterated name with its dot, or words in Pinyin with a surname first or last.
     */
    public static boolean isName(String text) {
        String plain = normalize(text);
        if (plain.isEmpty() || plain.length() > MAX_NAME_LENGTH) {
            return false;
        }
        String joined = plain.replaceAll("\\s+", "");
        return isChineseName(joined)
                || TRANSLITERATED_NAME.matcher(joined).matches()
                || NAME_WORDS.matcher(plain).matches() && isPinyinName(plain);
    }

    /**
     * Returns whether a free text contains a name: a part of it between blanks or punctuation is one, a name is next to
     * a word for a person, or two or three words in Pinyin follow each other. Such a text is not kept, so a word that is
     * taken for a name does little harm.
     */
    public static boolean containsName(String text) {
        String plain = normalize(text);
        return isName(plain)
                || HAN_TEXTS
                        .matcher(plain)
                        .results()
                        .map(MatchResult::group)
                        .anyMatch(run -> isChineseName(run)
                                || TRANSLITERATED_NAME.matcher(run).matches()
                                || isNextToPersonWord(run))
                || NAME_WORDS_WITHIN.matcher(plain).results().anyMatch(words -> isPinyinName(words.group()));
    }

    /** Returns whether a name comes after or before a word for a person, as in 联系人张三 and 张三老师. */
    private static boolean isNextToPersonWord(String run) {
        return PERSON_WORD
                .matcher(run)
                .results()
                .anyMatch(word ->
                        endsWithName(run.substring(0, word.start())) || beginsWithName(run.substring(word.end())));
    }

    private static boolean beginsWithName(String text) {
        return isChineseName(text.substring(0, Math.min(2, text.length())))
                || isChineseName(text.substring(0, Math.min(3, text.length())));
    }

    private static boolean endsWithName(String text) {
        return isChineseName(text.substring(Math.max(0, text.length() - 2)))
                || isChineseName(text.substring(Math.max(0, text.length() - 3)));
    }

    /**
     * Returns whether a key may be a name. Keys of records about persons have digits: letters alone, Chinese characters
     * alone, a Chinese name next to digits and two words next to digits count as a name.
     */
    public static boolean mayBeName(String key) {
        String plain = normalize(key);
        if (isAscii(plain) && hasDigit(plain) && !hasBlankOrComma(plain)) {
            return false;
        }
        if (!hasDigit(plain)) {
            return plain.codePoints().filter(Character::isLetter).count() > 1;
        }
        return WORDS_WITHIN.matcher(plain).find()
                || HAN_TEXTS
                        .matcher(plain)
                        .results()
                        .anyMatch(run -> isChineseName(run.group())
                                || TRANSLITERATED_NAME.matcher(run.group()).matches());
    }

    /**
     * Returns whether a value in the field of a code, a number or an institution may be a name: words of Latin letters, a
     * name with a dot, or Chinese characters that begin with a surname.
     *
     * @param strict whether names are near; then any short Chinese text without a character of places and schools counts
     */
    public static boolean mayBeMisplacedName(String value, boolean strict) {
        String plain = normalize(value);
        if (hasDigit(plain) || plain.codePoints().filter(Character::isLetter).count() < 2) {
            return isName(plain);
        }
        String joined = plain.replaceAll("\\s+", "");
        return isName(plain)
                || LATIN_LETTERS.matcher(plain).find()
                || strict
                        && joined.length() <= MAX_TRANSLITERATED_LENGTH
                        && HAN_TEXTS.matcher(joined).matches()
                        && joined.codePoints().noneMatch(c -> NO_NAME_CHARACTERS.indexOf(c) >= 0);
    }

    private static boolean isChineseName(String text) {
        if (text.length() < 2 || text.length() > 4 || !text.codePoints().allMatch(Character::isIdeographic)) {
            return false;
        }
        if (NO_NAMES.contains(text)
                || text.substring(1).codePoints().anyMatch(c -> NO_NAME_CHARACTERS.indexOf(c) >= 0)) {
            return false;
        }
        boolean compound = COMPOUND_SURNAMES.stream().anyMatch(text::startsWith);
        return compound ? text.length() > 2 : text.length() < 4 && SURNAMES.indexOf(text.charAt(0)) >= 0;
    }

    private static boolean isPinyinName(String plain) {
        List<String> words = Arrays.stream(WORD_BREAKS.split(plain))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        return words.stream().allMatch(word -> PINYIN_WORD.matcher(word).matches())
                && (PINYIN_SURNAMES.contains(words.getFirst()) || PINYIN_SURNAMES.contains(words.getLast()));
    }

    private static boolean hasDigit(String text) {
        return text.codePoints().anyMatch(Character::isDigit);
    }

    private static boolean hasBlankOrComma(String text) {
        return text.indexOf(' ') >= 0 || text.indexOf(',') >= 0 || text.indexOf('\t') >= 0;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replace('・', '·')
                .replace('•', '·')
                .strip();
    }
}
