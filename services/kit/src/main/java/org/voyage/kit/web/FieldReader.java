package org.voyage.kit.web;

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

/**
 * Reads the fields of one object strictly and collects everything that is wrong with it, so that a sender mends it in
 * one go. A method whose field is wrong or missing gives a harmless stand-in and the reading goes on; {@link #finish()}
 * then throws. What was read may therefore only be used after {@code finish()}.
 *
 * <p>A field that is {@code null} is absent. A property that nobody asked for is refused with the nearest name; what
 * stands in it is repeated nowhere.
 *
 * <p>In text mode ({@link #ofRow}) the fields come from a table where everything is text: whole numbers are read from
 * digits, an empty cell is absent, a list stands in one cell with {@code |} between its items (or, without one,
 * {@code ;}, line breaks or {@code 、}), and an item of an object list has its fields in order with {@code :} (or
 * {@code ：}) before each but the first. Blanks around a cell are nothing; days, numbers and flags are read in the forms
 * of {@link CellText}, texts that have a form of their own also in full-width characters, codes also by the names that
 * {@link CodeNames} knows.
 *
 * <p>One pass, not safe for threads.
 */
public final class FieldReader {

    /** Further properties that nobody knows are not told: who sends so many has other worries. */
    private static final int MOST_FINDINGS = 1_000;

    private static final Finding[] NONE = {};
    private static final FieldForm JSON = new FieldForm.Json();

    private final ObjectNode object;
    private final FieldForm form;
    private final String path;
    private final Found found;
    private final List<String> asked = new ArrayList<>(16);
    private int present;
    private Set<String> ignored = Set.of();
    private Set<String> hidden = Set.of();

    private FieldReader(ObjectNode object, FieldForm form, String path, Found found) {
        this.object = object;
        this.form = form;
        this.path = path;
        this.found = found;
    }

    /** Reads a JSON object. */
    public static FieldReader of(ObjectNode object) {
        return new FieldReader(object, JSON, "", new Found(Verdict.REFUSE));
    }

    /** Reads an object that was taken once: the rules that span several fields may have become stricter since. */
    public static FieldReader ofTaken(ObjectNode object) {
        return new FieldReader(object, JSON, "", new Found(Verdict.IGNORE));
    }

    /** Reads a row of a table: every value is text. */
    public static FieldReader ofRow(ObjectNode cells) {
        return ofRow(cells, CodeNames.NONE);
    }

    /** Reads a row of a table whose codes may be written by their names. */
    public static FieldReader ofRow(ObjectNode cells, CodeNames names) {
        return new FieldReader(cells, new FieldForm.Cell(names, ""), "", new Found(Verdict.REFUSE));
    }

    /** Lets properties be there that somebody else reads. */
    public FieldReader ignoring(Set<String> names) {
        this.ignored = names;
        return this;
    }

    /**
     * What is wrong with these fields is said without repeating a value: a person could be read from it. What stands in
     * them is repeated nowhere else either, be it that it was sent under another name, too; nor is the name of a property
     * that nobody knows, unless it looks like one.
     */
    public FieldReader hiding(Set<String> names) {
        this.hidden = names;
        return this;
    }

    /** @param rules what becomes of the fields that break a rule which {@link #refuse} names */
    public FieldReader judgedBy(Function<String, Verdict> rules) {
        found.judgedBy(rules);
        return this;
    }

    public String text(String name, int max) {
        return text(name, Shape.upTo(max));
    }

    public String text(String name, Shape shape) {
        var text = optionalText(name, shape);
        return text == null ? missing(name, "") : text;
    }

    public @Nullable String optionalText(String name, int max) {
        return optionalText(name, Shape.upTo(max));
    }

    public @Nullable String optionalText(String name, Shape shape) {
        var text = string(name);
        if (text == null) {
            return null;
        }
        return shaped(pointer(name), shape, text, shown(name, text));
    }

    private String shaped(String pointer, Shape shape, String written, String shown) {
        var text = shape.hasForm() ? form.narrow(written) : written;
        var finding = shape.check(pointer, text, shown);
        if (finding != null) {
            return add(finding, "");
        }
        var doubt = shape.doubt(pointer, text, shown);
        if (doubt != null) {
            found.judge(doubt);
        }
        return text;
    }

    public LocalDate date(String name) {
        var date = optionalDate(name);
        return date == null ? missing(name, LocalDate.EPOCH) : date;
    }

    public @Nullable LocalDate optionalDate(String name) {
        var text = string(name);
        if (text == null) {
            return null;
        }
        var date = form.date(text);
        return date == null ? add(Texts.notDate(pointer(name), shown(name, text)), LocalDate.EPOCH) : date;
    }

    public long integer(String name, long min, long max) {
        var number = optionalInteger(name, min, max);
        return number == null ? missing(name, min) : number;
    }

    public @Nullable Long optionalInteger(String name, long min, long max) {
        return optionalInteger(name, "integer", min, max);
    }

    /** @param rule that a number out of range breaks */
    public @Nullable Long optionalInteger(String name, String rule, long min, long max) {
        var node = node(name);
        if (node == null) {
            return null;
        }
        if (!form.isInteger(node)) {
            return add(wrongType(name, "a whole number", "整数"), min);
        }
        var number = form.integer(node);
        if (number == null || number < min || number > max) {
            var shown = Shape.shorten(shown(name, node.asText()));
            return add(
                    new Finding(
                            pointer(name),
                            rule,
                            "\"" + shown + "\" is not expected: a whole number from " + min + " to " + max + " is.",
                            "“" + shown + "”不符，应为 " + min + " 至 " + max + " 之间的整数。"),
                    min);
        }
        return number;
    }

    /** True or false. */
    public boolean flag(String name) {
        boolean flag = flag(name, false);
        return has(name) ? flag : missing(name, flag);
    }

    /** True or false; absent is the default. */
    public boolean flag(String name, boolean otherwise) {
        var node = node(name);
        if (node == null) {
            return otherwise;
        }
        var flag = form.flag(node);
        return flag == null ? add(wrongType(name, form.flags(), form.flagsZh()), otherwise) : flag;
    }

    public <E> E code(String name, Codes<E> codes) {
        var value = optionalCode(name, codes);
        return value == null ? missing(name, codes.first()) : value;
    }

    public <E> @Nullable E optionalCode(String name, Codes<E> codes) {
        var text = string(name);
        if (text == null) {
            return null;
        }
        var value = find(name, pointer(name), codes, text);
        return value == null ? add(unknown(name, pointer(name), codes, shown(name, text)), codes.first()) : value;
    }

    private <E> @Nullable E find(String name, String pointer, Codes<E> codes, String text) {
        var value = codes.find(text);
        var code = value == null ? form.code(name, text) : text;
        if (code == null) {
            return null;
        }
        found.read(pointer, code, codes.validity(code));
        return value == null ? codes.find(code) : value;
    }

    private Finding unknown(String name, String pointer, Codes<?> codes, String shown) {
        return codes.unknown(pointer, shown, form.nearest(name, shown), form.offered(name));
    }

    /** A list of different texts; absent is the empty list. */
    public List<String> texts(String name, Shape shape, int minItems, int maxItems) {
        return different(
                name, () -> list(name, minItems, maxItems, (pointer, text) -> shaped(pointer, shape, text, text)));
    }

    /** A list of different codes; absent is the empty list. */
    public <E> List<E> codes(String name, Codes<E> codes, int minItems, int maxItems) {
        return different(
                name,
                () -> list(name, minItems, maxItems, (pointer, text) -> {
                    var value = find(name, pointer, codes, text);
                    return value == null ? add(unknown(name, pointer, codes, text), codes.first()) : value;
                }));
    }

    /** A table may write the same item in two ways. */
    private <E> List<E> different(String name, Supplier<List<E>> items) {
        int before = found.findings().size();
        var values = items.get();
        if (found.findings().size() == before && new HashSet<>(values).size() < values.size()) {
            refuse(name, "duplicate", "The same item stands here twice.", "列表中有重复项。");
        }
        return values;
    }

    /**
     * A list of objects; absent is the empty list.
     *
     * @param fields their fields in the order in which a table's cell gives them
     * @param read reads one of them; what it finds wrong is collected here
     */
    public <T> List<T> objects(
            String name, List<String> fields, int minItems, int maxItems, Function<FieldReader, T> read) {
        var items = items(name, minItems, maxItems);
        var result = new ArrayList<T>(items.size());
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var pointer = pointer(name) + "/" + i;
            var its = form.object(item, fields);
            if (its == null) {
                add(new Finding(pointer, "type", "Expected an object.", "应为对象。"), NONE);
            } else {
                var inner = new FieldReader(its, form.inside(name), pointer, found);
                result.add(read.apply(inner));
                inner.refuseUnknown();
            }
        }
        return List.copyOf(result);
    }

    /** Whether the field is there. */
    public boolean has(String name) {
        var node = object.get(name);
        return node != null && !form.absent(node);
    }

    /** Adds a finding about a field, for rules that span several: refused, unless the rules say otherwise. */
    public void refuse(String name, String rule, String detail, String detailZh) {
        found.judge(new Finding(pointer(name), rule, detail, detailZh));
    }

    /** The codes read so far are held to the day that the record is about. */
    public void requireCodesOn(LocalDate day) {
        found.requireCodesOn(day);
    }

    /** What is odd about the fields and no reason to refuse them. */
    public List<Finding> warnings() {
        return List.copyOf(found.warnings());
    }

    /** Whether nothing wrong has been found so far. */
    public boolean sound() {
        return found.findings().isEmpty();
    }

    /** What was found wrong in the fields that were read; others may still be there that nobody knows. */
    public List<Finding> foundSoFar() {
        return List.copyOf(found.findings());
    }

    /** Everything found wrong, unknown properties included. */
    public List<Finding> findings() {
        refuseUnknown();
        return List.copyOf(found.findings());
    }

    /** @throws Refusal.Invalid with every finding, if there is one */
    public void finish() {
        refuseUnknown();
        if (!sound()) {
            throw new Refusal.Invalid(
                    found.findings().stream().map(this::discreet).toList());
        }
    }

    private Finding discreet(Finding finding) {
        if (hidden.isEmpty() && found.strangers().isEmpty()) {
            return finding;
        }
        // A known place is no secret, whatever stands in a property that nobody knows.
        boolean nameless =
                finding.rule().equals("unknown-property") ? isHidden(finding.pointer()) : inHidden(finding.pointer());
        return new Finding(
                nameless ? "" : finding.pointer(),
                finding.rule(),
                Quoted.hiding(finding.detail(), this::isHidden),
                Quoted.hiding(finding.detailZh(), this::isHidden));
    }

    /** Whether what stands in a hidden field, or in one that nobody knows, can be read from the text. */
    private boolean isHidden(String text) {
        return found.strangers().in(text) || inHidden(text);
    }

    private boolean inHidden(String text) {
        return hidden.stream()
                .map(object::get)
                .anyMatch(value -> value != null
                        && value.isValueNode()
                        && value.asText().length() <= Strangers.LONGEST
                        && Readable.in(text, value.asText()));
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
            if (!asked.contains(name) && !ignored.contains(name)) {
                found.strangers().add(object.get(name));
                if (found.findings().size() >= MOST_FINDINGS) {
                    return;
                }
                var nearest = Nearest.to(name, asked);
                boolean person = !hidden.isEmpty() && nearest == null && Strangers.named(name);
                found.add(new Finding(
                        person ? path : pointer(Shape.shorten(name)),
                        "unknown-property",
                        "There is no such property." + Nearest.hint(nearest),
                        "没有此属性。" + Nearest.hintZh(nearest)));
            }
        });
        // Said once, even if somebody asks again.
        ignored = Set.of();
        present = object.size();
    }

    private <T> List<T> list(String name, int minItems, int maxItems, BiFunction<String, String, T> read) {
        var items = items(name, minItems, maxItems);
        var result = new ArrayList<T>(items.size());
        var seen = new HashSet<String>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var pointer = pointer(name) + "/" + i;
            if (!item.isTextual()) {
                add(new Finding(pointer, "type", "Expected text.", "应为文本。"), NONE);
            } else if (!seen.add(item.textValue())) {
                add(new Finding(pointer, "duplicate", "The same item stands here twice.", "列表中有重复项。"), NONE);
            } else {
                result.add(read.apply(pointer, item.textValue()));
            }
        }
        return List.copyOf(result);
    }

    private List<JsonNode> items(String name, int minItems, int maxItems) {
        var node = node(name);
        var items = node == null ? List.<JsonNode>of() : form.items(node);
        if (items == null) {
            return add(wrongType(name, "a list", "列表"), List.of());
        }
        if (node == null && minItems > 0) {
            return missing(name, List.of());
        }
        if (items.size() < minItems || items.size() > maxItems) {
            return add(
                    new Finding(
                            pointer(name),
                            "list-length",
                            "Expected " + minItems + " to " + maxItems + " items, not " + items.size() + ".",
                            "应有 " + minItems + " 至 " + maxItems + " 项，实际 " + items.size() + " 项。"),
                    List.of());
        }
        return items;
    }

    private String shown(String name, String text) {
        return hidden.contains(name) ? Quoted.HIDDEN : text;
    }

    private @Nullable String string(String name) {
        var node = node(name);
        if (node == null) {
            return null;
        }
        var text = form.text(node);
        if (text == null) {
            found.add(wrongType(name, "text", "文本"));
        }
        return text;
    }

    private @Nullable JsonNode node(String name) {
        boolean again = asked.contains(name);
        var node = object.get(name);
        if (!again) {
            asked.add(name);
            present += node == null ? 0 : 1;
        }
        if (node == null) {
            return null;
        }
        return form.absent(node) ? null : node;
    }

    private Finding wrongType(String name, String expected, String expectedZh) {
        return new Finding(pointer(name), "type", "Expected " + expected + ".", "应为" + expectedZh + "。");
    }

    private <T> T missing(String name, T standIn) {
        // A value of the wrong type has been reported already.
        return has(name) ? standIn : add(new Finding(pointer(name), "required", "This is required.", "此项必填。"), standIn);
    }

    private <T> T add(Finding finding, T standIn) {
        found.add(finding);
        return standIn;
    }

    private String pointer(String name) {
        return path + "/" + Finding.escape(name);
    }
}
