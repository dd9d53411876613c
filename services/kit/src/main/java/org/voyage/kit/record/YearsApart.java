package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.BatchWarning;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kit.rules.RulesConfig;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Verdict;

/**
 * Whether a bureau's records about a year that a file spoke of are far more, or far fewer, than those about the year
 * before. It takes a look at every record of the bureau, so it is done once for a file, and not for one that is too
 * small to make the difference.
 */
final class YearsApart {

    private static final String COUNT = """
            select year, count(*) filter (where reason is null), count(*) filter (where cause_id = ?)
              from (select substring(record ->> ? from '^[0-9]{4}')::int as year, reason, cause_id
                      from %s where province = ?) about
             where year is not null group by year""";

    private final RecordTools tools;
    private final RecordType<?> type;

    YearsApart(RecordTools tools, RecordType<?> type) {
        this.tools = tools;
        this.type = type;
    }

    /**
     * Records about one year.
     *
     * @param standing all that stand
     * @param sent those that the file was the last to speak of, withdrawn ones included
     */
    record OfYear(long standing, long sent) {}

    List<BatchWarning> of(BatchContext batch, long rows) {
        About<?> about = type.about();
        if (about == null
                || rows < tools.limits().jumpLeast()
                || tools.rules().judge(type.name()).apply("jump-since-last-year") == Verdict.IGNORE) {
            return List.of();
        }
        return warnings(
                years(batch, about.field()), about.field(), ChinaTime.today().getYear(), tools.limits());
    }

    /** A year that is not over has fewer records than the one before by nature. */
    static List<BatchWarning> warnings(
            SortedMap<Integer, OfYear> years, String field, int thisYear, RulesConfig limits) {
        List<BatchWarning> warnings = new ArrayList<>(0);
        years.forEach((year, its) -> {
            OfYear last = years.get(year - 1);
            long before = last == null ? 0 : last.standing();
            long now = its.standing();
            boolean comparable = before > 0 && (now > before || year < thisYear);
            if (its.sent() > 0 && comparable && Jumps.far(before, now, limits)) {
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

    private SortedMap<Integer, OfYear> years(BatchContext batch, String field) {
        SortedMap<Integer, OfYear> years = new TreeMap<>();
        new JdbcClient(tools.dataSource())
                .queryEach(
                        COUNT.formatted(type.table()),
                        row -> years.put(row.getInt(1), new OfYear(row.getLong(2), row.getLong(3))),
                        batch.batchId().toString(),
                        field,
                        batch.province().code());
        return years;
    }
}
