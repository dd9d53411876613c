package org.voyage.kit.bulk.format;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.PersonalTextRules;
import org.voyage.kit.input.PersonalValueFilter;
import org.voyage.kit.privacy.DocumentNumberDetector;
import org.voyage.kit.privacy.PersonalNameDetector;
import org.voyage.kit.privacy.PersonalNameMatcher;
import org.voyage.kit.privacy.RepeatedInputValues;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.sheet.FormField;
import org.voyage.kit.sheet.RecordForm;

/**
 * Redactor of rows and findings before they are stored or returned. Of a row that cannot be placed it keeps nothing,
 * whatever the record: its line and its findings remain. Of a row with personal values it hides those, and findings
 * repeat only codes and short numbers: in a row with shifted cells any value may be a name. A row of a record about
 * persons without personal values may be shifted, too, if several of its fields are wrong; those wrong values are hidden
 * that may be a name, a date of birth or the number of a document. Any other row is shown as it is, unless a text of it
 * names a person. The reason of a withdrawal about a person is hidden.
 */
public final class RowRedactor {
    private static final Set<String> PLATFORM_FIELDS =
            Set.of(SubmittedRow.SOURCE_ID, SubmittedRow.PROVINCE, SubmittedRow.WITHDRAW, SubmittedRow.REASON_FIELD);

    private final RowSource source;
    private final RecordForm form;
    private final boolean discreet;

    public RowRedactor(RowSource source, RecordForm form) {
        this.source = source;
        this.form = form;
        this.discreet = source.mayHoldPersonalData();
    }

    /** Doubt about the values of a row. */
    private enum RowDoubt {
        /** Each value is in its own field, and none is personal. */
        NONE,
        /** Several fields are wrong, so cells may have shifted; no personal field is filled. */
        SHIFTED,
        /** A personal field is filled, or the row cannot be placed. */
        PERSONAL
    }

    /**
     * Returns a row for storage. It hides the personal fields, a key that may name a person, and in the fields of findings
     * the values that may be a name if cells are shifted. Next to personal values it also hides the reason, which may name
     * the person in another form.
     */
    public RowSource.RetainedRow retain(ParsedRow row, List<Finding> findings) {
        if (!row.placed()) {
            return RowSource.RetainedRow.NOTHING_RETAINED;
        }
        var doubt = doubtOf(row, findings);
        if (doubt == RowDoubt.NONE && !namesPerson(row)) {
            return RowSource.RetainedRow.wholeRow(row);
        }
        var persons = personalTexts(row);
        var wrong = wrongFields(findings);
        return source.retain(row, new RowSource.ValueHider() {
            @Override
            public boolean hidesValue(String name, String value) {
                return form.personal().contains(name)
                        || name.equals(SubmittedRow.REASON_FIELD) && mayBePersonal(value, doubt, true)
                        || name.equals(SubmittedRow.SOURCE_ID)
                                && doubt != RowDoubt.NONE
                                && impersonalKey(CellTextParser.strip(value), true) == null
                        || wrong.contains(name)
                                && !name.equals(SubmittedRow.SOURCE_ID)
                                && mayBePersonal(value, doubt, false)
                        || isUnknownProperty(name) && !PersonalValueFilter.isHarmless(value)
                        || DocumentNumberDetector.containsDocument(value)
                        || mayRepeatName(name) && (containsPersonalName(value, persons) || namesPerson(name, value));
            }

            @Override
            public boolean hidesName(String name) {
                return isUnknownProperty(name)
                        && (doubt == RowDoubt.PERSONAL && !PersonalValueFilter.isProperty(name)
                                || containsPersonalName(name, persons));
            }
        });
    }

    /** Returns whether a text of the row names a person, or an unknown property may. */
    private boolean namesPerson(ParsedRow row) {
        var naming = new ArrayList<String>();
        var kept = source.retain(row, (name, value) -> {
            if (DocumentNumberDetector.containsDocument(value)
                    || namesPerson(name, value)
                    || isUnknownProperty(name) && !PersonalValueFilter.isHarmless(value)) {
                naming.add(name);
            }
            return false;
        });
        return !naming.isEmpty()
                || !kept.whole()
                        && DocumentNumberDetector.containsDocument(new String(row.raw(), StandardCharsets.UTF_8));
    }

    private boolean namesPerson(String name, String value) {
        return name.equals(SubmittedRow.REASON_FIELD)
                ? form.ofPersons() && !CellTextParser.strip(value).isEmpty() || PersonalNameDetector.containsName(value)
                : isFreeText(name) && PersonalNameDetector.containsName(value);
    }

    private boolean mayRepeatName(String name) {
        return PLATFORM_FIELDS.contains(name) || isFreeText(name);
    }

    /** Returns whether the field takes any text: no code, no number, no day. */
    private boolean isFreeText(String name) {
        var field = form.field(name);
        return field != null
                && field.codes() == null
                && (field.type() == FormField.FieldType.TEXT
                        || field.type() == FormField.FieldType.TEXTS
                        || field.type() == FormField.FieldType.OBJECTS);
    }

    /** @param anyText whether the field takes any text, so that codes and numbers are in doubt, too */
    private boolean mayBePersonal(String value, RowDoubt doubt, boolean anyText) {
        return switch (doubt) {
            case NONE -> false;
            case SHIFTED -> PersonalValueFilter.mayBePersonal(value, discreet);
            case PERSONAL -> anyText || !PersonalValueFilter.isHarmless(value);
        };
    }

    private RowDoubt doubtOf(ParsedRow row, List<Finding> findings) {
        if (!row.placed() || discreet && holdsPersonalValue(row)) {
            return RowDoubt.PERSONAL;
        }
        return form.ofPersons() && wrongFields(findings).size() > 1 ? RowDoubt.SHIFTED : RowDoubt.NONE;
    }

    /** Returns whether a personal cell of the row is filled, or the row has an unknown property. */
    private boolean holdsPersonalValue(ParsedRow row) {
        if (row.row() != null) {
            return mayContainPersonalName(row);
        }
        var held = new ArrayList<String>();
        var kept = source.retain(row, (name, value) -> {
            if (!CellTextParser.strip(value).isEmpty() && (form.personal().contains(name) || isUnknownProperty(name))) {
                held.add(name);
            }
            return false;
        });
        return !held.isEmpty() || !kept.whole();
    }

    /** Returns the fields that have findings. */
    private static Set<String> wrongFields(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.pointer().split("/", 3))
                .filter(steps -> steps.length > 1)
                .map(steps -> steps[1])
                .collect(Collectors.toSet());
    }

    /**
     * Returns the key of a row, to find the row by. Null if the key cannot be read, or repeats a personal value of the row,
     * or looks like a person.
     *
     * @param refused whether cells of the row may be shifted, so that a day in place of the key may be a date of birth
     */
    private @Nullable String sourceId(ParsedRow row, boolean refused) {
        var key = row.sourceId();
        return key == null || !row.placed() || containsPersonalName(key, personalTexts(row))
                ? null
                : impersonalKey(key, refused);
    }

    /** Returns the key unless it looks like a person, as a key of an earlier version or of a withdrawal may. */
    private @Nullable String impersonalKey(String key, boolean refused) {
        return PersonalTextRules.checkKey("", key, form.ofPersons()) != null
                        || refused && form.ofPersons() && CellTextParser.parseDate(key) != null
                ? null
                : key;
    }

    /** Returns the key for output together with the findings of the row, whose cells may be shifted. */
    @Nullable
    public String sourceId(ParsedRow row, List<Finding> findings) {
        return sourceId(row, doubtOf(row, findings) != RowDoubt.NONE);
    }

    /** Returns a stored key for output. The key is known to contain no personal name, and its row is not loaded. */
    @Nullable
    public String redactedKey(String key) {
        return impersonalKey(key, false);
    }

    /** Returns the key of a row, to be stored with its outcome. */
    @Nullable
    public String keyOf(ParsedRow row, boolean refused) {
        if (!discreet
                && row.placed()
                && row.row() != null
                && !refused
                && !row.row().isWithdrawal()) {
            return row.sourceId();
        }
        return sourceId(row, refused);
    }

    /**
     * Returns the personal values of a row and the values of its unknown properties. The key or the reason may repeat
     * them.
     */
    private List<String> personalTexts(ParsedRow row) {
        var persons = new ArrayList<String>();
        if (mayContainPersonalName(row)) {
            source.retain(row, (name, value) -> {
                if (form.personal().contains(name) || isUnknownProperty(name)) {
                    persons.add(value);
                }
                return false;
            });
        }
        return persons;
    }

    /** Checks cheaply whether the row must be parsed again. */
    private boolean mayContainPersonalName(ParsedRow row) {
        return row.row() == null
                || row.row().value().properties().stream()
                        .anyMatch(property -> form.personal().contains(property.getKey())
                                        && !property.getValue().asText().isEmpty()
                                || isUnknownProperty(property.getKey()));
    }

    private boolean isUnknownProperty(String name) {
        return form.field(name) == null
                && !PLATFORM_FIELDS.contains(name)
                && !name.equals(SubmittedRow.REFUSED_BECAUSE);
    }

    private static boolean containsPersonalName(String text, List<String> persons) {
        return persons.stream().anyMatch(person -> PersonalNameMatcher.containsValue(text, person));
    }

    public List<Finding> redactFindings(ParsedRow row, List<Finding> findings) {
        var doubt = doubtOf(row, findings);
        if (doubt == RowDoubt.NONE) {
            return findings.stream().map(RowRedactor::withoutNames).toList();
        }
        if (doubt == RowDoubt.SHIFTED) {
            return findings.stream()
                    .map(finding -> new Finding(
                            finding.pointer(),
                            finding.rule(),
                            redactShifted(finding.detail()),
                            redactShifted(finding.detailZh())))
                    .toList();
        }
        return findings.stream()
                .map(finding -> new Finding(
                        redactPointer(finding.pointer(), row),
                        finding.rule(),
                        redactDetail(finding.detail(), row),
                        redactDetail(finding.detailZh(), row)))
                .toList();
    }

    /** Hides a quoted value that names a person beyond doubt. */
    private static Finding withoutNames(Finding finding) {
        return new Finding(
                finding.pointer(),
                finding.rule(),
                RepeatedInputValues.redactValues(finding.detail(), RowRedactor::isPerson),
                RepeatedInputValues.redactValues(finding.detailZh(), RowRedactor::isPerson));
    }

    private static boolean isPerson(String value) {
        return PersonalNameDetector.isName(value) || DocumentNumberDetector.containsDocument(value);
    }

    /** Hides unknown property names, which may be the name of a person. */
    private String redactPointer(String pointer, ParsedRow row) {
        var steps = pointer.split("/", 3);
        return steps.length > 1
                        && isUnknownProperty(steps[1])
                        && (!PersonalValueFilter.isProperty(steps[1])
                                || containsPersonalName(steps[1], personalTexts(row)))
                ? ""
                : pointer;
    }

    public List<FieldChange> redactChanges(List<FieldChange> changes) {
        var hidden = TextNode.valueOf(RowSource.HIDDEN);
        return changes.stream()
                .map(change -> form.personal().contains(change.field())
                        ? new FieldChange(
                                change.field(),
                                change.before() == null ? null : hidden,
                                change.after() == null ? null : hidden)
                        : change)
                .toList();
    }

    private String redactShifted(String detail) {
        return RepeatedInputValues.redactValues(detail, quoted -> mayBePersonal(quoted, RowDoubt.SHIFTED, false));
    }

    private String redactDetail(String detail, ParsedRow row) {
        var shown = PersonalValueFilter.redact(detail);
        if (row.row() != null) {
            for (var name : form.personal()) {
                var value = CellTextParser.strip(row.row().value().path(name).asText());
                shown = value.length() < 2 || PersonalValueFilter.isHarmless(value)
                        ? shown
                        : shown.replace(value, RowSource.HIDDEN);
            }
        }
        return shown;
    }
}
