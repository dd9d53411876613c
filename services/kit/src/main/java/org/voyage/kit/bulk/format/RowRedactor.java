package org.voyage.kit.bulk.format;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.PersonalTextRules;
import org.voyage.kit.input.PersonalValueFilter;
import org.voyage.kit.privacy.DocumentNumberDetector;
import org.voyage.kit.privacy.PersonalNameMatcher;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.sheet.RecordForm;

/**
 * Redactor of rows and findings before they are stored or returned. Of a row that cannot be placed it keeps nothing,
 * whatever the record: its line and its findings remain. Of a row with personal values it hides those, and findings
 * repeat only codes and short numbers: in a row with shifted cells any value may be a name. The same holds for a row of a
 * record about persons that has several wrong fields. A row whose personal cells are empty, as most are in a filled-in
 * template, is shown as it is.
 */
public final class RowRedactor {
    /** Names of persons have no digits. */
    private static final Pattern NEVER_A_NAME = Pattern.compile("[A-Za-z]|.*[0-9].*");

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

    /**
     * Returns a row for storage. It hides the personal fields, the fields of findings (they may hold a name if cells
     * are shifted) and a key that may name a person. It also hides the reason, which may name the person in another
     * form. More than one wrong field means shifted cells; then the key itself may be a name or a passport number.
     */
    public RowSource.RetainedRow retain(ParsedRow row, List<Finding> findings) {
        if (!row.placed()) {
            return RowSource.RetainedRow.NOTHING_RETAINED;
        }
        boolean shifted = isDiscreet(row, findings);
        if (!shifted && !DocumentNumberDetector.containsDocument(new String(row.raw(), StandardCharsets.UTF_8))) {
            return RowSource.RetainedRow.wholeRow(row);
        }
        var persons = personalTexts(row);
        var wrong = wrongFields(findings);
        return source.retain(row, new RowSource.ValueHider() {
            @Override
            public boolean hidesValue(String name, String value) {
                return form.personal().contains(name)
                        || shifted && name.equals(SubmittedRow.REASON_FIELD)
                        || shifted && name.equals(SubmittedRow.SOURCE_ID) && mayBePersonalName(value, findings)
                        || (shifted && wrong.contains(name) || isUnknownProperty(name))
                                && !PersonalValueFilter.isHarmless(value)
                        || DocumentNumberDetector.containsDocument(value)
                        || PLATFORM_FIELDS.contains(name) && containsPersonalName(value, persons);
            }

            @Override
            public boolean hidesName(String name) {
                return isUnknownProperty(name)
                        && (shifted && !PersonalValueFilter.isProperty(name) || containsPersonalName(name, persons));
            }
        });
    }

    /** Returns whether any value of the row may be about a person. */
    private boolean isDiscreet(ParsedRow row, List<Finding> findings) {
        return !row.placed()
                || discreet && holdsPersonalValue(row)
                || form.ofPersons() && wrongFields(findings).size() > 1;
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

    private static boolean mayBePersonalName(String key, List<Finding> findings) {
        var slipped = wrongFields(findings).size() > 1;
        var text = CellTextParser.strip(key);
        return !(slipped
                ? PersonalValueFilter.isHarmless(text)
                : NEVER_A_NAME.matcher(text).matches());
    }

    /**
     * Returns the key of a row, to find the row by. Null if the key cannot be read or may name a person. Null also if
     * other cells cannot be read, because they may be shifted.
     */
    @Nullable
    String sourceId(ParsedRow row) {
        if (!row.placed()) {
            return null;
        }
        if (!discreet) {
            return withoutPerson(row.sourceId());
        }
        var key = row.row() == null ? null : row.sourceId();
        return key == null || containsPersonalName(key, personalTexts(row)) ? null : withoutPerson(key);
    }

    /** Returns the key unless it looks like a person, as a key of an earlier version or of a withdrawal may. */
    private @Nullable String withoutPerson(@Nullable String key) {
        return key == null || PersonalTextRules.checkKey("", key, form.ofPersons()) != null ? null : key;
    }

    /** Returns the key for output together with the findings of the row, whose cells may be shifted. */
    @Nullable
    public String sourceId(ParsedRow row, List<Finding> findings) {
        var key = sourceId(row);
        return key == null || isDiscreet(row, findings) && mayBePersonalName(key, findings) ? null : key;
    }

    /** Returns a stored key for output. The key is known to contain no personal name, and its row is not loaded. */
    @Nullable
    public String redactedKey(String key) {
        return discreet && mayBePersonalName(key, List.of()) ? null : withoutPerson(key);
    }

    /**
     * Returns the key of a row. For a refused row, whose cells may be shifted, only if the record has no personal
     * fields.
     */
    @Nullable
    public String keyOf(ParsedRow row, boolean refused) {
        if (!discreet
                && row.placed()
                && row.row() != null
                && !refused
                && !row.row().isWithdrawal()) {
            return row.sourceId();
        }
        return discreet && refused ? null : sourceId(row);
    }

    /**
     * Returns the personal values of a row and the values of its unknown properties. The key or the reason may repeat
     * them.
     */
    private List<String> personalTexts(ParsedRow row) {
        var persons = new ArrayList<String>();
        if ((discreet || !row.placed()) && mayContainPersonalName(row)) {
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
        if (!isDiscreet(row, findings)) {
            return findings;
        }
        return findings.stream()
                .map(finding -> new Finding(
                        redactPointer(finding.pointer(), row),
                        finding.rule(),
                        redactDetail(finding.detail(), row),
                        redactDetail(finding.detailZh(), row)))
                .toList();
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
