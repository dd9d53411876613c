package org.voyage.kit.sheet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.input.PersonalValueFilter;
import org.voyage.kit.privacy.DocumentNumberDetector;
import org.voyage.kit.privacy.PersonalNameDetector;

/**
 * Index of the possible headings of a record's table: the field's name, its Chinese or English heading, or both in one
 * cell, with any spacing, capitals or mark of a required field. A field may have other names; a bureau may also map
 * headings of its own ({@link ColumnMapping}).
 */
public final class HeadingIndex {
    /** Columns that every record has in addition to its fields. */
    static final List<FormField> PLATFORM_COLUMNS = List.of(
            FormField.ofPlatform(
                    "sourceId",
                    "记录编号",
                    "Record id",
                    FormField.FieldType.TEXT,
                    "本单位系统中的唯一编号；同一编号再次报送即为更正",
                    "Your own key of the record; the same key sent again corrects it"),
            FormField.ofPlatform(
                    "province",
                    "省份",
                    "Province",
                    FormField.FieldType.TEXT,
                    "两位省级代码，可不填",
                    "Two-digit code of your province; may be left out"),
            FormField.ofPlatform(
                    "withdraw",
                    "撤回",
                    "Withdraw",
                    FormField.FieldType.FLAG,
                    "填“是”表示撤回该记录，此时只需填写记录编号与撤回原因",
                    "是 (yes) withdraws the record; then only its id and the reason are needed"),
            FormField.ofPlatform(
                    "reason",
                    "撤回原因",
                    "Reason for withdrawal",
                    FormField.FieldType.TEXT,
                    "仅在撤回时填写",
                    "Only together with a withdrawal"),
            FormField.ofPlatform(
                    "refusedBecause",
                    "未通过原因",
                    "Refused because",
                    FormField.FieldType.TEXT,
                    "由平台填写，再次报送时忽略",
                    "Written by the platform; ignored when it comes back"));

    private static final List<String> REQUIRED_MARKS =
            List.of("*", "(必填)", "(required)", "[必填]", "(选填)", "(optional)", ":");

    /** A number before a heading, and a note in brackets behind it: 1.名称, 入学日期（年月日）, 学生数（人）, 国家（地区）. */
    private static final Pattern ADDITIONS = Pattern.compile(
            "^\\(?[0-9]{1,2}[).、]|\\((?:地区|人|名|人次|天|个|年/?月/?日|yyyy[^)]*|单位[^)]*|例?如[^)]*|[0-9]{1,2}位[^)]*|可?多[^)]*|下拉[^)]*|请?选择?)\\)$");

    /** Last words of Chinese headings; no name of a person ends with one of them. */
    private static final Pattern CHINESE_HEADING = Pattern.compile(
            ".*(?:名称|姓名|编号|号码|编码|代码|序号|学号|文号|日期|时间|年度|年份|年龄|学期|期限|学制|人数|总数|数量|天数|比例|国家|国别|国籍|地区|城市|地址|单位|机构|企业|公司"
                    + "|院校|学校|学院|院系|班级|年级|专业|课程|项目|标准|证书|版本|名单|类别|类型|种类|层次|等级|级别|状态|方式|来源|说明|情况|内容|目的|原因|结果|水平|程度|成绩|费用|金额|经费"
                    + "|性别|民族|学历|学位|职称|职务|身份|签证|语种|电话|手机|邮箱|备注|负责人|联系人|填报人|审核人|导师|教师|老师|合作方|接收方|派出国|所在国|目的国|次数|课时|学时|学分|辅导员"
                    + "|班主任|部门|分类|批次|地点|住址|宿舍|性质|渠道|规模|号|数|率|额|费)"
                    + "(?:[(].*|[0-9]{0,2})");

    /** Words next to which a heading may have a name: 王小明老师, 张三电话. */
    private static final Pattern PERSON_WORDS =
            Pattern.compile("负责人|联系人|填报人|审核人|经办人|班主任|辅导员|导师|教师|老师|姓名|单位|任课|电话|手机|邮箱");

    /** A unit whose first character is a surname, too. */
    private static final Pattern UNIT_OF_MONEY = Pattern.compile("(?:单位[:：])?[百千万亿]{0,2}元");

    private static final Pattern NOTE_IN_BRACKETS = Pattern.compile("[(（]([^)）]*)[)）]?");

    /** Words of English headings that no field has. */
    private static final Set<String> ENGLISH_HEADING_WORDS = Set.of(
            "number",
            "date",
            "remarks",
            "type",
            "age",
            "sex",
            "gender",
            "phone",
            "address",
            "code",
            "month",
            "total",
            "teacher",
            "contact",
            "person",
            "class",
            "term",
            "fee",
            "amount",
            "note",
            "school",
            "university");

    private static final int MIN_HEADING_WORD = 3;
    /** Minimum length of a Chinese heading in which one character may be wrong. */
    private static final int MIN_MISTYPED_LENGTH = 3;

    /** Digits of a year and a month: a heading of so many digits may be a date of birth. */
    private static final int MIN_DATE_DIGITS = 6;

    private final List<FormField> fields;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, OtherName> otherNames = new HashMap<>();
    private final ColumnMapping mapping;

    /** Source of the meaning of a heading. */
    enum HeadingSource {
        OWN,
        MAPPED,
        OTHER_NAME
    }

    /**
     * Meaning of a heading.
     *
     * @param field its name; null if the column is not read
     * @param rank of another name among those of its field, 0 for the most specific
     */
    record HeadingMeaning(@Nullable String field, HeadingSource source, int rank) {}

    /** The field that a heading may mean. @param word the word of the field that resembles the heading most */
    record NearestField(FormField field, String word) {}

    private record OtherName(String field, int rank) {}

    HeadingIndex(List<FormField> ofRecord) {
        this(Stream.concat(PLATFORM_COLUMNS.stream(), ofRecord.stream()).toList(), ColumnMapping.NONE);
    }

    private HeadingIndex(List<FormField> all, ColumnMapping mapping) {
        this.fields = all;
        this.mapping = mapping;
        var ambiguous = new HashSet<String>();
        for (var field : all) {
            for (var word : List.of(field.zh(), field.en(), field.zh() + field.en())) {
                var other = names.putIfAbsent(CellTextParser.fold(word), field.name());
                if (other != null && !other.equals(field.name())) {
                    ambiguous.add(CellTextParser.fold(word));
                }
            }
            for (int i = 0; i < field.also().size(); i++) {
                otherNames.put(CellTextParser.fold(field.also().get(i)), new OtherName(field.name(), i));
            }
        }
        names.keySet().removeAll(ambiguous);
        all.forEach(field -> names.put(CellTextParser.fold(field.name()), field.name()));
    }

    /** Returns the same index with the headings that a bureau has mapped. */
    HeadingIndex withMapping(ColumnMapping headings) {
        return new HeadingIndex(fields, headings);
    }

    /** Returns the name of the field of a heading; null if the heading is unknown or its column is not read. */
    public @Nullable String findField(String heading) {
        var meaning = findMeaning(heading);
        return meaning == null ? null : meaning.field();
    }

    /** Returns whether the template or the API has the heading; such a heading is never mapped. */
    public boolean isOwn(String heading) {
        return findOwn(heading) != null;
    }

    /** Returns the meaning of a heading; null if it has none. */
    @Nullable
    HeadingMeaning findMeaning(String heading) {
        var own = findOwn(heading);
        if (own != null) {
            return new HeadingMeaning(own, HeadingSource.OWN, 0);
        }
        if (mapping.has(heading)) {
            return new HeadingMeaning(mapping.fieldOf(heading), HeadingSource.MAPPED, 0);
        }
        var other = findWithoutAdditions(heading, otherNames::get);
        return other == null ? null : new HeadingMeaning(other.field(), HeadingSource.OTHER_NAME, other.rank());
    }

    private @Nullable String findOwn(String heading) {
        var whole = findWithoutAdditions(heading, names::get);
        if (whole != null) {
            return whole;
        }
        var found = new HashSet<String>();
        for (var part : heading.split("[\\n\\r/]+", 5)) {
            var name = names.get(stripMarks(part));
            if (name == null) {
                return null;
            }
            found.add(name);
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }

    private static <T> @Nullable T findWithoutAdditions(String heading, Function<String, @Nullable T> names) {
        var bare = stripMarks(heading);
        var found = names.apply(bare);
        return found == null ? names.apply(ADDITIONS.matcher(bare).replaceAll("")) : found;
    }

    /**
     * Returns the field that an unknown heading may mean: the one with the nearest word; otherwise the single one whose
     * Chinese heading contains it or is part of it (学校名称, 国家). Null if there is none.
     *
     * @param named fields that other columns have, which are therefore not meant
     */
    @Nullable
    NearestField findNearest(String heading, Set<String> named) {
        var free = fields.stream()
                .filter(field -> !named.contains(field.name()) && !field.name().equals("refusedBecause"))
                .toList();
        var folded = stripMarks(heading);
        if (!isChinese(folded) || folded.length() >= MIN_MISTYPED_LENGTH) {
            var words = new HashMap<String, FormField>();
            free.forEach(field -> wordsOf(field).forEach(word -> words.put(word, field)));
            var nearest = DidYouMean.findNearest(
                    CellTextParser.strip(heading),
                    words.keySet().stream().sorted().toList());
            if (nearest != null) {
                var field = Objects.requireNonNull(words.get(nearest));
                return new NearestField(field, field.also().contains(nearest) ? field.zh() : nearest);
            }
        }
        var meant = free.stream()
                .filter(field -> isPartOf(folded, CellTextParser.fold(field.zh())))
                .toList();
        return meant.size() == 1
                ? new NearestField(meant.getFirst(), meant.getFirst().zh())
                : null;
    }

    private static List<String> wordsOf(FormField field) {
        var words = new ArrayList<>(List.of(field.name(), field.zh(), field.en()));
        words.addAll(field.also());
        return words;
    }

    private static boolean isChinese(String text) {
        return text.codePoints().anyMatch(Character::isIdeographic);
    }

    /**
     * Returns whether a text reads like a heading. In a table with names and passport numbers any other text may be one of
     * them, and is not repeated.
     */
    public boolean looksLikeHeading(String text) {
        if (DocumentNumberDetector.mayContainDocument(text)) {
            return false;
        }
        var folded = stripMarks(text);
        if (folded.length() >= MIN_MISTYPED_LENGTH
                && DidYouMean.findNearest(
                                CellTextParser.strip(text),
                                fields.stream()
                                        .flatMap(field -> wordsOf(field).stream())
                                        .toList())
                        != null) {
            return true;
        }
        if (isChinese(folded)) {
            return CHINESE_HEADING.matcher(folded).matches() && !mayNamePerson(text);
        }
        var known = new HashSet<>(ENGLISH_HEADING_WORDS);
        fields.forEach(field -> known.addAll(wordsIn(field.en() + " " + field.name())));
        var words = wordsIn(text);
        return words.isEmpty()
                ? text.codePoints().filter(Character::isDigit).count() < MIN_DATE_DIGITS
                : 2 * words.stream().filter(known::contains).count() > words.size();
    }

    /** Returns whether a Chinese heading may have a name next to a word for a person, or in brackets: 联系人（张三）. */
    boolean mayNamePerson(String text) {
        var bare = CellTextParser.fold(NOTE_IN_BRACKETS.matcher(text).replaceAll(""));
        var rest = PERSON_WORDS.matcher(bare).replaceAll("");
        return !rest.equals(bare) && PersonalNameDetector.containsName(rest)
                || NOTE_IN_BRACKETS.matcher(text).results().anyMatch(note -> mayNamePersonInNote(note.group(1)));
    }

    private boolean mayNamePersonInNote(String note) {
        return !UNIT_OF_MONEY.matcher(note).matches()
                && PersonalValueFilter.mayBePersonal(note, false)
                && !looksLikeHeading(note);
    }

    private static List<String> wordsIn(String text) {
        return Arrays.stream(text.split("[^\\p{L}]+|(?<=[a-z])(?=[A-Z])"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= MIN_HEADING_WORD)
                .toList();
    }

    private static boolean isPartOf(String one, String other) {
        return Math.min(one.length(), other.length()) > 1 && (one.contains(other) || other.contains(one));
    }

    private static String stripMarks(String heading) {
        var folded = CellTextParser.fold(heading);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var mark : REQUIRED_MARKS) {
                if (folded.endsWith(mark)) {
                    folded = folded.substring(0, folded.length() - mark.length());
                    changed = true;
                }
                if (folded.startsWith(mark)) {
                    folded = folded.substring(mark.length());
                    changed = true;
                }
            }
        }
        return folded;
    }
}
