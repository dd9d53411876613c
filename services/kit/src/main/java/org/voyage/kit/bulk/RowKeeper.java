package org.voyage.kit.bulk;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.web.CellText;
import org.voyage.kit.web.Finding;

/**
 * What may be kept and said of the rows of a file. Of a record with personal fields nothing is kept in which a person
 * could be read: the values are hidden in what comes back, and findings repeat no value but two or three letters (a
 * country's code) or a short number, for in a row whose cells have slipped any value may be a name.
 */
final class RowKeeper {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|“([^”]*)”");
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z]{2,3}|[0-9]{1,4}");
    private static final Set<String> OURS = Set.of(Row.SOURCE_ID, Row.PROVINCE, Row.WITHDRAW, Row.REASON);

    private final RowSource source;
    private final RecordForm form;

    RowKeeper(RowSource source, RecordForm form) {
        this.source = source;
        this.form = form;
    }

    /** Hidden are the personal fields, and what a finding is about: if the cells have slipped, that may be a name. */
    RowSource.Kept kept(ReadRow row, List<Finding> findings) {
        var wrong = findings.stream()
                .map(finding -> finding.pointer().split("/", 3))
                .filter(steps -> steps.length > 1)
                .map(steps -> steps[1])
                .collect(Collectors.toSet());
        return source.kept(
                row,
                (name, value) -> form.personal().contains(name)
                        || (wrong.contains(name) || form.field(name) == null && !OURS.contains(name))
                                && !HARMLESS.matcher(CellText.strip(value)).matches());
    }

    List<Finding> findings(ReadRow row, List<Finding> findings) {
        if (form.personal().isEmpty()) {
            return findings;
        }
        return findings.stream()
                .map(finding -> new Finding(
                        finding.pointer(),
                        finding.rule(),
                        discreet(finding.detail(), row),
                        discreet(finding.detailZh(), row)))
                .toList();
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
        var shown = QUOTED.matcher(detail)
                .replaceAll(quoted -> Matcher.quoteReplacement(
                        HARMLESS.matcher(quoted.group()
                                                .substring(1, quoted.group().length() - 1))
                                        .matches()
                                ? quoted.group()
                                : quoted.group().charAt(0)
                                        + RowSource.HIDDEN
                                        + quoted.group().charAt(quoted.group().length() - 1)));
        if (row.row() != null) {
            for (var name : form.personal()) {
                var value = CellText.strip(row.row().value().path(name).asText());
                shown = value.length() < 2 || HARMLESS.matcher(value).matches()
                        ? shown
                        : shown.replace(value, RowSource.HIDDEN);
            }
        }
        return shown;
    }
}
