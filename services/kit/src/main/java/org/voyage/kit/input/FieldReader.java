package org.voyage.kit.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.privacy.PersonalNameMatcher;
import org.voyage.kit.privacy.RepeatedInputValues;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.problem.RuleVerdict;

/**
 * Strict reader of the fields of one object. It collects all findings, so that a sender can correct the object at once.
 * A method whose field is wrong or missing returns a harmless placeholder and reading continues; {@link
 * #requireNoFindings()} then throws. The values may therefore only be used after {@code requireNoFindings()}.
 *
 * <p>A field that is {@code null} is absent. A property that the record does not have is refused with the nearest name;
 * its value is repeated nowhere.
 *
 * <p>In text mode ({@link #ofRow}) the fields come from a table where everything is text. Whole numbers are read from
 * digits, and an empty cell is absent. A list is in one cell with {@code |} between its items (or, without one, {@code
 * ;}, line breaks or {@code 、}). An item of an object list has its fields in order with {@code :} (or {@code ：}) before
 * each but the first. Blanks around a cell are ignored. Days, numbers and flags are read in the forms of {@link
 * CellTextParser}, texts with a pattern also in full-width characters, codes also by their {@link CodeNames}.
 *
 * <p>One pass, not safe for threads.
 */
public final class FieldReader {

    /** Maximum number of findings; further unknown properties are not reported. */
    private static final int MAX_FINDINGS = 1_000;

    private static final Finding[] NO_FINDINGS = {};
    private static final FieldSyntax JSON_SYNTAX = new FieldSyntax.JsonFieldSyntax();

    private final ObjectNode object;
    private final FieldSyntax form;
    private final String path;
    private final FindingCollector findings;
    private final List<String> readFields = new ArrayList<>(16);
    private int present;
    private Set<String> ignored = Set.of();
    private Set<String> hidden = Set.of();
    private boolean fromFile;

    private FieldReader(ObjectNode object, FieldSyntax form, String path, FindingCollector found) {
        this.object = object;
        this.form = form;
        this.path = path;
        this.findings = found;
    }

    /** Returns a reader of a JSON object. */
    public static FieldReader of(ObjectNode object) {
        return new FieldReader(object, JSON_SYNTAX, "", new FindingCollector(RuleVerdict.REFUSE));
    }

    /** Returns a reader of an object that was accepted before; the rules between fields may be stricter now. */
    public static FieldReader ofAcceptedRecord(ObjectNode object) {
        return new FieldReader(object, JSON_SYNTAX, "", new FindingCollector(RuleVerdict.IGNORE));
    }

    /** Returns a reader of a row of a table, where every value is text. */
    public static FieldReader ofRow(ObjectNode cells) {
        return ofRow(cells, CodeNames.NONE);
    }

    /** Returns a reader of a row of a table that may have names instead of codes. */
    public static FieldReader ofRow(ObjectNode cells, CodeNames names) {
        return new FieldReader(
                cells, new FieldSyntax.CellFieldSyntax(names, ""), "", new FindingCollector(RuleVerdict.REFUSE));
    }

    /** Allows properties that another reader reads. */
    public FieldReader ignoreFields(Set<String> names) {
        this.ignored = names;
        return this;
    }

    /**
     * Repeats the values of fields that are not hidden, for a row of a file: its findings are redacted before they are
     * stored, and different values are different causes.
     */
    public FieldReader keepValues() {
        this.fromFile = true;
        return this;
    }

    /**
     * Hides the values of these fields in all findings, because they could name a person. Values of the other fields are
     * repeated only if they are codes or short numbers, because a person may be in a wrong field. The name of an unknown
     * property is hidden too, unless it looks like a property name.
     */
    public FieldReader hideFields(Set<String> names) {
        this.hidden = names;
        return this;
    }

    /**
     * Sets the verdicts of rules.
     *
     * @param rules verdict for a rule that {@link #refuseField} names
     */
    public FieldReader judgeBy(Function<String, RuleVerdict> rules) {
        findings.setRules(rules);
        return this;
    }

    public String readText(String name, int max) {
        return readText(name, TextFormat.upTo(max));
    }

    public String readText(String name, TextFormat shape) {
        var text = readOptionalText(name, shape);
        return text == null ? addMissing(name, "") : text;
    }

    public @Nullable String readOptionalText(String name, int max) {
        return readOptionalText(name, TextFormat.upTo(max));
    }

    public @Nullable String readOptionalText(String name, TextFormat shape) {
        var text = takeText(name);
        if (text == null) {
            return null;
        }
        return checkFormat(name, pointerOf(name), shape, text, shownValue(name, text));
    }

    private String checkFormat(String name, String pointer, TextFormat shape, String written, String shown) {
        var text = shape.isNarrow()
                ? CellTextParser.toNarrow(written)
                : shape.hasPattern() ? form.toNarrow(written) : written;
        var finding = shape.findProblem(pointer, text, shown);
        if (finding != null && shape.hasPattern()) {
            var named = findNamed(name, pointer, shape, text, shown);
            if (named != null) {
                return named;
            }
            finding = suggestNamed(finding, form.findCandidates(name, text));
        }
        if (finding != null) {
            return addFinding(finding, "");
        }
        var doubt = shape.findDoubt(pointer, text, shown);
        if (doubt != null) {
            findings.addJudged(doubt);
        }
        return text;
    }

    /** Returns the code of this format that the text names, such as that of a college; null if there is none. */
    private @Nullable String findNamed(String name, String pointer, TextFormat shape, String text, String shown) {
        var code = form.findCode(name, text);
        if (code != null && shape.findProblem(pointer, code) == null) {
            return code;
        }
        var meant = form.findByOtherName(name, text);
        if (meant == null || shape.findProblem(pointer, meant.code()) != null) {
            return null;
        }
        findings.addJudged(readByOtherName(pointer, shown, meant));
        return meant.code();
    }

    private static Finding suggestNamed(Finding finding, List<CodeNames.NamedCode> candidates) {
        return candidates.isEmpty()
                ? finding
                : new Finding(
                        finding.pointer(),
                        finding.rule(),
                        finding.detail() + DidYouMean.hint(CodeNames.NamedCode.join(candidates)),
                        finding.detailZh() + DidYouMean.hintZh(CodeNames.NamedCode.joinZh(candidates)));
    }

    private static Finding readByOtherName(String pointer, String shown, CodeNames.NamedCode meant) {
        var written = TextFormat.shortenText(shown);
        return new Finding(
                pointer,
                "code-by-other-name",
                "\"" + written + "\" was read as " + meant.shown() + ".",
                "“" + written + "”已按 " + meant.shownZh() + "读取。");
    }

    public LocalDate readDate(String name) {
        var date = readOptionalDate(name);
        return date == null ? addMissing(name, LocalDate.EPOCH) : date;
    }

    public @Nullable LocalDate readOptionalDate(String name) {
        var text = takeText(name);
        if (text == null) {
            return null;
        }
        var date = form.toDate(text);
        return date == null
                ? addFinding(StrictTextParser.invalidDate(pointerOf(name), shownValue(name, text)), LocalDate.EPOCH)
                : date;
    }

    public long readInteger(String name, long min, long max) {
        var number = readOptionalNumber(name, "integer", true, min, max, form::toInteger);
        return number == null ? addMissing(name, min) : number;
    }

    /** Reads a calendar year; a cell may add its word, {@code 2025年}. */
    public int readYear(String name, int min, int max) {
        var year = readOptionalNumber(name, "integer", true, min, max, form::toYear);
        return year == null ? addMissing(name, min) : year.intValue();
    }

    public @Nullable Long readOptionalInteger(String name, long min, long max) {
        return readOptionalInteger(name, "integer", min, max);
    }

    /**
     * Reads a whole number.
     *
     * @param rule name of the rule that a number out of range breaks
     */
    public @Nullable Long readOptionalInteger(String name, String rule, long min, long max) {
        return readOptionalNumber(name, rule, false, min, max, form::toInteger);
    }

    private @Nullable Long readOptionalNumber(
            String name, String rule, boolean required, long min, long max, Function<JsonNode, @Nullable Long> parse) {
        var node = takeNode(name);
        if (node == null) {
            return null;
        }
        if (!form.isInteger(node)) {
            return addFinding(wrongType(name, "a whole number", "整数"), min);
        }
        var number = parse.apply(node);
        if (number == null || number < min || number > max) {
            var shown = TextFormat.shortenText(shownValue(name, node.asText()));
            boolean zero = min <= 0 && CellTextParser.isNoneWord(node.asText());
            return addFinding(
                    new Finding(
                            pointerOf(name),
                            rule,
                            "\"" + shown + "\" is not expected: a whole number from " + min + " to " + max + " is."
                                    + (!zero
                                            ? ""
                                            : required ? " Write 0 for none." : " Write 0 or leave the cell empty."),
                            "“" + shown + "”不符，应为 " + min + " 至 " + max + " 之间的整数。"
                                    + (!zero ? "" : required ? "没有的请填 0。" : "请填 0 或留空。")),
                    min);
        }
        return number;
    }

    /** Reads true or false. */
    public boolean readFlag(String name) {
        boolean flag = readFlag(name, false);
        return hasField(name) ? flag : addMissing(name, flag);
    }

    /** Reads true or false; absent is the default. */
    public boolean readFlag(String name, boolean otherwise) {
        var node = takeNode(name);
        if (node == null) {
            return otherwise;
        }
        var flag = form.toFlag(node);
        if (flag != null) {
            return flag;
        }
        if (!node.isTextual()) {
            return addFinding(wrongType(name, form.flags(), form.flagsZh()), otherwise);
        }
        var shown = TextFormat.shortenText(shownValue(name, node.textValue()));
        return addFinding(
                new Finding(
                        pointerOf(name),
                        "type",
                        "\"" + shown + "\" is not expected: " + form.flags() + " is.",
                        "“" + shown + "”不符，应为" + form.flagsZh() + "。"),
                otherwise);
    }

    public <E> E readCode(String name, CodeSet<E> codes) {
        var value = readOptionalCode(name, codes);
        return value == null ? addMissing(name, codes.first()) : value;
    }

    public <E> @Nullable E readOptionalCode(String name, CodeSet<E> codes) {
        var text = takeText(name);
        if (text == null) {
            return null;
        }
        var value = findCode(name, pointerOf(name), codes, text);
        return value == null
                ? addFinding(unknownCode(name, pointerOf(name), codes, shownValue(name, text)), codes.first())
                : value;
    }

    private <E> @Nullable E findCode(String name, String pointer, CodeSet<E> codes, String text) {
        var value = codes.find(text);
        var code = value == null ? form.findCode(name, text) : text;
        if (code == null) {
            code = findByOtherName(name, pointer, codes, text);
        }
        if (code == null) {
            return null;
        }
        findings.addCode(pointer, code, codes.validity(code));
        return value == null ? codes.find(code) : value;
    }

    /** Returns the code that the text means by another name than that of its list, with a warning. */
    private @Nullable String findByOtherName(String name, String pointer, CodeSet<?> codes, String text) {
        var meant = form.findByOtherName(name, text);
        if (meant == null || codes.find(meant.code()) == null) {
            return null;
        }
        findings.addJudged(readByOtherName(pointer, shownValue(name, text), meant));
        return meant.code();
    }

    private Finding unknownCode(String name, String pointer, CodeSet<?> codes, String shown) {
        return codes.unknownCode(pointer, shown, form.findCandidates(name, shown), form.offeredCodes(name));
    }

    /** Reads a list of different texts; absent is the empty list. */
    public List<String> readTexts(String name, TextFormat shape, int minItems, int maxItems) {
        return requireDistinct(
                name,
                () -> readList(
                        name, minItems, maxItems, (pointer, text) -> checkFormat(name, pointer, shape, text, text)));
    }

    /** Reads a list of different codes; absent is the empty list. */
    public <E> List<E> readCodes(String name, CodeSet<E> codes, int minItems, int maxItems) {
        return requireDistinct(
                name,
                () -> readList(name, minItems, maxItems, (pointer, text) -> {
                    var value = findCode(name, pointer, codes, text);
                    return value == null ? addFinding(unknownCode(name, pointer, codes, text), codes.first()) : value;
                }));
    }

    /** Requires different items; a table may write the same item in two ways. */
    private <E> List<E> requireDistinct(String name, Supplier<List<E>> items) {
        int before = findings.findings().size();
        var values = items.get();
        if (findings.findings().size() == before && new HashSet<>(values).size() < values.size()) {
            refuseField(name, "duplicate", "The same item stands here twice.", "列表中有重复项。");
        }
        return values;
    }

    /**
     * Reads a list of objects; absent is the empty list.
     *
     * @param fields fields of the objects in the order in which a table's cell gives them
     * @param read reads one object; its findings are collected here
     */
    public <T> List<T> readObjects(
            String name, List<String> fields, int minItems, int maxItems, Function<FieldReader, T> read) {
        var items = readItems(name, minItems, maxItems);
        var result = new ArrayList<T>(items.size());
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var pointer = pointerOf(name) + "/" + i;
            var its = form.toObject(name, item, fields);
            if (its == null) {
                addFinding(new Finding(pointer, "type", "Expected an object.", "应为对象。"), NO_FINDINGS);
            } else {
                int before = findings.findings().size();
                var inner = new FieldReader(its, form.formInside(name), pointer, findings);
                result.add(read.apply(inner));
                inner.refuseUnknown();
                if (form.hasObjectsInCells()) {
                    nameMissingParts(item.asText(), fields, before);
                }
            }
        }
        return List.copyOf(result);
    }

    /**
     * Replaces the findings that a part of a filled cell is missing: its reader sees a cell with a text.
     *
     * @param before number of findings before those of the object
     */
    private void nameMissingParts(String item, List<String> fields, int before) {
        var shown = TextFormat.shortenText(item);
        findings.replaceMissing(before, missing -> {
            var part = missing.pointer().substring(missing.pointer().lastIndexOf('/') + 1);
            return new Finding(
                    missing.pointer(),
                    "required",
                    "\"" + shown + "\" lacks its " + part + ": write " + String.join(":", fields)
                            + ", and | between several, for instance Bangkok College:THA|Hanoi College:VNM.",
                    "“" + shown + "”缺少" + (part.equals("country") ? "国家（地区）" : "名称")
                            + "：请写作 名称:国家，多项之间用 | 分隔，例如 曼谷学院:泰国|河内学院:越南。");
        });
    }

    /** Returns whether the field is present. */
    public boolean hasField(String name) {
        var node = object.get(name);
        return node != null && !form.isAbsent(node);
    }

    /**
     * Adds a finding about a field, for rules that concern several fields; refused, unless the verdict of the rule
     * differs.
     */
    public void refuseField(String name, String rule, String detail, String detailZh) {
        findings.addJudged(new Finding(pointerOf(name), rule, detail, detailZh));
    }

    /** Requires that the codes read so far are valid on the day of the record. */
    public void requireCodesOn(LocalDate day) {
        findings.requireCodesValidOn(day);
    }

    /** Returns the findings that do not refuse the object. */
    public List<Finding> warnings() {
        return List.copyOf(findings.warnings());
    }

    /** Returns whether there is no refusing finding so far. */
    public boolean isSound() {
        return findings.findings().isEmpty();
    }

    /** Returns the findings about the fields read so far; unknown properties are not included. */
    public List<Finding> findingsSoFar() {
        return List.copyOf(findings.findings());
    }

    /** Returns all findings, unknown properties included. */
    public List<Finding> collectFindings() {
        refuseUnknown();
        return List.copyOf(findings.findings());
    }

    /**
     * Requires that the object has no refusing findings.
     *
     * @throws Refusal.Invalid with every finding, if there is one
     */
    public void requireNoFindings() {
        refuseUnknown();
        if (!isSound()) {
            throw new Refusal.Invalid(
                    findings.findings().stream().map(this::redactFinding).toList());
        }
    }

    private Finding redactFinding(Finding finding) {
        if (hidden.isEmpty() && findings.unknownValues().isEmpty()) {
            return finding;
        }
        // A known place is no secret, whatever value an unknown property has.
        boolean nameless = finding.rule().equals("unknown-property")
                ? repeatsHidden(finding.pointer())
                : isInHiddenField(finding.pointer());
        return new Finding(
                nameless ? "" : finding.pointer(),
                finding.rule(),
                RepeatedInputValues.redactValues(finding.detail(), this::isHidden),
                RepeatedInputValues.redactValues(finding.detailZh(), this::isHidden));
    }

    private boolean isHidden(String value) {
        return !hidden.isEmpty() && !fromFile && !PersonalValueFilter.isHarmless(value) || repeatsHidden(value);
    }

    /** Returns whether the text contains the value of a hidden field or of an unknown property. */
    private boolean repeatsHidden(String text) {
        return findings.unknownValues().occursIn(text) || isInHiddenField(text);
    }

    private boolean isInHiddenField(String text) {
        return hidden.stream()
                .map(object::get)
                .anyMatch(value -> value != null
                        && value.isValueNode()
                        && value.asText().length() <= UnknownPropertyValues.MAX_VALUE_LENGTH
                        && PersonalNameMatcher.containsValue(text, value.asText()));
    }

    private void refuseUnknown() {
        int known = present;
        for (var name : ignored) {
            known += object.has(name) ? 1 : 0;
        }
        if (known == object.size()) {
            return;
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!readFields.contains(name) && !ignored.contains(name)) {
                findings.unknownValues().addValues(object.get(name));
                if (findings.findings().size() >= MAX_FINDINGS) {
                    return;
                }
                var nearest = DidYouMean.findNearest(name, readFields);
                var shown = TextFormat.shortenText(name);
                boolean person = shown.equals(RepeatedInputValues.REDACTED)
                        || !hidden.isEmpty() && nearest == null && UnknownPropertyValues.isPropertyName(name);
                findings.addFinding(new Finding(
                        person ? path : pointerOf(shown),
                        "unknown-property",
                        "There is no such property." + DidYouMean.hint(nearest),
                        "没有此属性。" + DidYouMean.hintZh(nearest)));
            }
        });
        // Reported once, even if the field is read again.
        ignored = Set.of();
        present = object.size();
    }

    private <T> List<T> readList(String name, int minItems, int maxItems, BiFunction<String, String, T> read) {
        var items = readItems(name, minItems, maxItems);
        var result = new ArrayList<T>(items.size());
        var seen = new HashSet<String>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var pointer = pointerOf(name) + "/" + i;
            if (!item.isTextual()) {
                addFinding(new Finding(pointer, "type", "Expected text.", "应为文本。"), NO_FINDINGS);
            } else if (!seen.add(item.textValue())) {
                addFinding(
                        new Finding(pointer, "duplicate", "The same item stands here twice.", "列表中有重复项。"), NO_FINDINGS);
            } else {
                result.add(read.apply(pointer, item.textValue()));
            }
        }
        return List.copyOf(result);
    }

    private List<JsonNode> readItems(String name, int minItems, int maxItems) {
        var node = takeNode(name);
        var items = node == null ? List.<JsonNode>of() : form.toItems(node);
        if (items == null) {
            return addFinding(wrongType(name, "a list", "列表"), List.of());
        }
        if (node == null && minItems > 0) {
            return addMissing(name, List.of());
        }
        if (items.size() < minItems || items.size() > maxItems) {
            return addFinding(
                    new Finding(
                            pointerOf(name),
                            "list-length",
                            "Expected " + minItems + " to " + maxItems + " items, not " + items.size() + ".",
                            "应有 " + minItems + " 至 " + maxItems + " 项，实际 " + items.size() + " 项。"),
                    List.of());
        }
        return items;
    }

    private String shownValue(String name, String text) {
        return hidden.contains(name) ? RepeatedInputValues.REDACTED : text;
    }

    private @Nullable String takeText(String name) {
        var node = takeNode(name);
        if (node == null) {
            return null;
        }
        var text = form.toText(node);
        if (text == null) {
            findings.addFinding(wrongType(name, "text", "文本"));
        }
        return text;
    }

    private @Nullable JsonNode takeNode(String name) {
        boolean again = readFields.contains(name);
        var node = object.get(name);
        if (!again) {
            readFields.add(name);
            present += node == null ? 0 : 1;
        }
        if (node == null) {
            return null;
        }
        return form.isAbsent(node) ? null : node;
    }

    private Finding wrongType(String name, String expected, String expectedZh) {
        return new Finding(pointerOf(name), "type", "Expected " + expected + ".", "应为" + expectedZh + "。");
    }

    private <T> T addMissing(String name, T standIn) {
        // A value of the wrong type has been reported already.
        return hasField(name)
                ? standIn
                : addFinding(new Finding(pointerOf(name), "required", "This is required.", "此项必填。"), standIn);
    }

    private <T> T addFinding(Finding finding, T standIn) {
        findings.addFinding(finding);
        return standIn;
    }

    private String pointerOf(String name) {
        return path + "/" + Finding.escapePointer(name);
    }
}
