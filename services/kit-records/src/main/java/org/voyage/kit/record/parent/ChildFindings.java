package org.voyage.kit.record.parent;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.RecordKey;

/**
 * Summary of the findings about child records of one type, for the response about their parent: one finding per rule.
 */
final class ChildFindings {

    private record FindingSample(Finding first, Set<RecordKey> records) {}

    private final String record;
    private final Map<String, FindingSample> byRule = new LinkedHashMap<>();

    /** @param record type of the children */
    ChildFindings(String record) {
        this.record = record;
    }

    void addFindings(RecordKey key, List<Finding> findings) {
        for (Finding finding : findings) {
            byRule.computeIfAbsent(finding.rule(), rule -> new FindingSample(finding, new LinkedHashSet<>()))
                    .records()
                    .add(key);
        }
    }

    List<Finding> toFindings() {
        return byRule.values().stream().map(this::toFinding).toList();
    }

    private Finding toFinding(FindingSample odd) {
        Finding finding = odd.first();
        String example = record + " " + odd.records().iterator().next().sourceId();
        int all = odd.records().size();
        return new Finding(
                "",
                finding.rule(),
                "About " + example + (all == 1 ? "" : " and " + (all - 1) + " more") + ", which belongs to it: "
                        + finding.detail(),
                "关于所属的 " + example + (all == 1 ? "" : " 等 " + all + " 条") + "：" + finding.detailZh());
    }
}
