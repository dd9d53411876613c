package org.voyage.kit.bulk.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.sheet.NonRecordRow;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.sheet.TableColumns;

/**
 * Parts of a table that are no record: the sender's own columns, and rows of totals, notes and signatures. Nothing of them
 * is kept, because they name persons.
 */
final class IgnoredParts {
    private static final int MAX_LISTED_LINES = 10;

    private final TableColumns columns;
    private final RecordForm form;
    private final int key;
    private final List<Long> lines = new ArrayList<>();
    private long rows;

    IgnoredParts(TableColumns columns, RecordForm form) {
        this.columns = columns;
        this.form = form;
        this.key = columns.indexOf(SubmittedRow.SOURCE_ID);
    }

    /**
     * Returns whether the row is passed over, and counts it unless it is empty but for the ignored columns: the numbers of
     * 序号 often go on below the data.
     */
    boolean passOver(List<String> cells, long line) {
        if (isEmptyBesideIgnored(cells)) {
            return true;
        }
        if (!NonRecordRow.isPassedOver(cells, key)) {
            return false;
        }
        rows++;
        if (lines.size() < MAX_LISTED_LINES) {
            lines.add(line);
        }
        return true;
    }

    private boolean isEmptyBesideIgnored(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (!columns.ignored().contains(i)
                    && !CellTextParser.strip(cells.get(i)).isEmpty()) {
                return false;
            }
        }
        return !columns.ignored().isEmpty();
    }

    /** Returns the places of the columns that are not kept: the ignored ones and the service's own, the last first. */
    List<Integer> droppedColumns() {
        var dropped = new ArrayList<>(columns.ignored());
        int own = columns.indexOf(SubmittedRow.REFUSED_BECAUSE);
        if (own >= 0) {
            dropped.add(own);
        }
        dropped.sort(Comparator.reverseOrder());
        return dropped;
    }

    /** Returns the warnings about parts that were passed over, and about headings that were read by another name. */
    Map<Finding, Long> findings() {
        var findings = new LinkedHashMap<Finding, Long>();
        columns.warnings(form).forEach(finding -> findings.put(finding, 0L));
        if (rows > 0) {
            findings.put(NonRecordRow.passedOver(lines), rows);
        }
        return findings;
    }
}
