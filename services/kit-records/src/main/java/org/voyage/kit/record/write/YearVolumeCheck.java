package org.voyage.kit.record.write;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.outcome.BatchWarning;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.RuleVerdict;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.ReportingYearField;
import org.voyage.kit.record.check.JumpCheck;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kit.rules.RulesConfig;

/**
 * Check of the number of a bureau's records in a year of the file against the year before. The check counts every
 * record of the bureau, so it runs once for a file, and not for a file that is too small to make the difference.
 */
final class YearVolumeCheck {

    private static final String COUNT_SQL = """
            select year, count(*) filter (where reason is null), count(*) filter (where cause_id = ?)
              from (select substring(record ->> ? from '^[0-9]{4}')::int as year, reason, cause_id
                      from %s where province = ?) about
             where year is not null group by year""";

    private final RecordWriteSupport tools;
    private final RecordType<?> type;

    YearVolumeCheck(RecordWriteSupport tools, RecordType<?> type) {
        this.tools = tools;
        this.type = type;
    }

    /**
     * Number of records of one year.
     *
     * @param active all active records
     * @param sent records that the file was the last to change, withdrawn ones included
     */
    record YearVolume(long active, long sent) {}

    List<BatchWarning> findWarnings(BatchContext batch, long rows) {
        ReportingYearField<?> about = type.about();
        if (about == null
                || rows < tools.rulesConfig().jumpLeast()
                || tools.rules().verdictsFor(type.name()).apply("jump-since-last-year") == RuleVerdict.IGNORE) {
            return List.of();
        }
        return compareYears(
                countYears(batch, about.field()),
                about.field(),
                ChinaTime.today().getYear(),
                tools.rulesConfig());
    }

    /** Compares each year with the one before; a year that is not over normally has fewer records. */
    static List<BatchWarning> compareYears(
            SortedMap<Integer, YearVolume> years, String field, int thisYear, RulesConfig limits) {
        List<BatchWarning> warnings = new ArrayList<>(0);
        years.forEach((year, its) -> {
            YearVolume last = years.get(year - 1);
            long before = last == null ? 0 : last.active();
            long now = its.active();
            boolean comparable = before > 0 && (now > before || year < thisYear);
            if (its.sent() > 0 && comparable && JumpCheck.isFar(before, now, limits)) {
                warnings.add(new BatchWarning(
                        Finding.field(
                                field,
                                "jump-since-last-year",
                                "\"" + year + "\" has " + now + " records now, the year before has " + before + ".",
                                year + " 年现有记录 " + now + " 条，上一年为 " + before + " 条，相差过大。"),
                        its.sent()));
            }
        });
        return warnings;
    }

    private SortedMap<Integer, YearVolume> countYears(BatchContext batch, String field) {
        SortedMap<Integer, YearVolume> years = new TreeMap<>();
        new JdbcClient(tools.dataSource())
                .queryEach(
                        COUNT_SQL.formatted(type.table()),
                        row -> years.put(row.getInt(1), new YearVolume(row.getLong(2), row.getLong(3))),
                        batch.batchId().toString(),
                        field,
                        batch.province().code());
        return years;
    }
}
