package org.voyage.kit.bulk;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.web.CellText;
import org.voyage.kit.web.Discreet;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Readable;

/**
 * What may be kept and said of the rows of a file. Of one with personal fields nothing is kept in which a person
 * could be read: the values are hidden in what comes back, and findings repeat no value but a code or a short number, for in
 * a row whose cells have slipped any value may be a name.
 */
final class RowKeeper {
    /** Names of persons have no digits. */
    private static final Pattern NOBODY = Pattern.compile("[A-Za-z]|.*[0-9].*");

    private static final Set<String> OURS = Set.of(Row.SOURCE_ID, Row.PROVINCE, Row.WITHDRAW, Row.REASON);

    private final RowSource source;
    private final RecordForm form;
    private final boolean discreet;

    RowKeeper(RowSource source, RecordForm form) {
        this.source = source;
        this.form = form;
        this.discreet = source.maybePersonal();
    }

    /**
     * Hidden are the personal fields, what a finding is about (if the cells have slipped, that may be a name), a key from
     * which a person can be read, and the reason: it may call the person by another name than the row does. Of a row whose
     * cells seem to have slipped, for more than one of them is wrong, the key may be a name or a passport number itself.
     */
    RowSource.Kept kept(ReadRow row, List<Finding> findings) {
        var persons = persons(row);
        var wrong = wrong(findings);
        return source.kept(row, new RowSource.Hiding() {
            @Override
            public boolean hides(String name, String value) {
                return form.personal().contains(name)
                        || discreet && name.equals(Row.REASON)
                        || discreet && name.equals(Row.SOURCE_ID) && mayBeSomebody(value, findings)
                        || (wrong.contains(name) || strange(name)) && !Discreet.isHarmless(value)
                        || OURS.contains(name) && named(value, persons);
            }

            @Override
            public boolean hidesName(String name) {
                return strange(name) && (discreet && !Discreet.isProperty(name) || named(name, persons));
            }
        });
    }

    /** The fields that are wrong. */
    private static Set<String> wrong(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.pointer().split("/", 3))
                .filter(steps -> steps.length > 1)
                .map(steps -> steps[1])
                .collect(Collectors.toSet());
    }

    private static boolean mayBeSomebody(String key, List<Finding> findings) {
        var slipped = wrong(findings).size() > 1;
        var text = CellText.strip(key);
        return !(slipped ? Discreet.isHarmless(text) : NOBODY.matcher(text).matches());
    }

    /**
     * The key of a row, to find the row by; null if it cannot be read, or a person can be read from it: also of a row whose
     * other cells cannot be read, for who knows whether they have slipped.
     */
    @Nullable
    String sourceId(ReadRow row) {
        if (!discreet) {
            return row.sourceId();
        }
        var key = row.row() == null ? null : row.sourceId();
        return key == null || named(key, persons(row)) ? null : key;
    }

    /** The same for others to read beside what is wrong with the row: its cells may have slipped. */
    @Nullable
    String sourceId(ReadRow row, List<Finding> findings) {
        var key = sourceId(row);
        return key == null || discreet && mayBeSomebody(key, findings) ? null : key;
    }

    /** The same for a key in which nobody was found, of a row that is not at hand. */
    @Nullable
    String beside(String key) {
        return discreet && mayBeSomebody(key, List.of()) ? null : key;
    }

    /** The same; of a refused row whose cells may have slipped the key is told only if no person is in the record. */
    @Nullable
    String key(ReadRow row, boolean refused) {
        if (!discreet) {
            return row.sourceId();
        }
        return refused ? null : sourceId(row);
    }

    /** Who the row is about, and what stands where nobody expects it: either may be in its key or reason too. */
    private List<String> persons(ReadRow row) {
        var persons = new ArrayList<String>();
        if (discreet && mayNameSomebody(row)) {
            source.kept(row, (name, value) -> {
                if (form.personal().contains(name) || strange(name)) {
                    persons.add(value);
                }
                return false;
            });
        }
        return persons;
    }

    /** Reading a row once more takes longer than looking whether there is any need to. */
    private boolean mayNameSomebody(ReadRow row) {
        return row.row() == null
                || row.row().value().properties().stream()
                        .anyMatch(property -> form.personal().contains(property.getKey())
                                        && !property.getValue().asText().isEmpty()
                                || strange(property.getKey()));
    }

    private boolean strange(String name) {
        return form.field(name) == null && !OURS.contains(name);
    }

    private static boolean named(String text, List<String> persons) {
        return persons.stream().anyMatch(person -> Readable.in(text, person));
    }

    List<Finding> findings(ReadRow row, List<Finding> findings) {
        if (!discreet) {
            return findings;
        }
        return findings.stream()
                .map(finding -> new Finding(
                        place(finding.pointer(), row),
                        finding.rule(),
                        discreet(finding.detail(), row),
                        discreet(finding.detailZh(), row)))
                .toList();
    }

    /** A property that nobody knows may be called as a person is. */
    private String place(String pointer, ReadRow row) {
        var steps = pointer.split("/", 3);
        return steps.length > 1
                        && strange(steps[1])
                        && (!Discreet.isProperty(steps[1]) || named(steps[1], persons(row)))
                ? ""
                : pointer;
    }

    List<FieldChange> changes(List<FieldChange> changes) {
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

    private String discreet(String detail, ReadRow row) {
        var shown = Discreet.hiding(detail);
        if (row.row() != null) {
            for (var name : form.personal()) {
                var value = CellText.strip(row.row().value().path(name).asText());
                shown = value.length() < 2 || Discreet.isHarmless(value)
                        ? shown
                        : shown.replace(value, RowSource.HIDDEN);
            }
        }
        return shown;
    }
}
