package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.RefusalCauseResource.RefusalCause;
import org.voyage.kit.bulk.RefusalCauseResource.RefusedValue;
import org.voyage.kit.bulk.format.CorrectionHint;
import org.voyage.kit.bulk.outcome.RefusalCauseCounter;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.rules.RuleBook;
import org.voyage.kit.sheet.RecordForm;

/** Query for the causes of refused rows over several files. */
@ApplicationScoped
class RefusalCauseQuery {
    private static final int MAX_VALUES = 3;
    private static final String REFUSED_SQL = """
            with refused as (
              select b.id, b.province, b.record, b.started_at, c.rule, c.pointer, c.value, c.row_count, c.detail, c.detail_zh
                from batch b join batch_cause c on c.batch_id = b.id and c.province = b.province
               where c.refuses and b.started_at >= ? and coalesce(b.province = ?, true) and coalesce(b.province = ?, true)
                 and coalesce(b.record = ?, true)),
            causes as (
              select rule, pointer, sum(row_count)::bigint as row_count, count(distinct id) as files,
                     array_agg(distinct province order by province) as provinces,
                     array_agg(distinct record order by record) as records, max(started_at) as last_seen,
                     (array_agg(id order by started_at desc, id))[1] as newest,
                     (array_agg(detail order by started_at desc, id))[1] as detail,
                     (array_agg(detail_zh order by started_at desc, id))[1] as detail_zh
                from refused group by rule, pointer
               order by row_count desc, files desc, rule, pointer limit 100)
            """;
    private static final String CAUSES_SQL = REFUSED_SQL + """
            select rule, pointer, row_count, files, provinces, records, newest, last_seen, detail, detail_zh
              from causes order by row_count desc, files desc, rule, pointer""";
    private static final String VALUES_SQL = REFUSED_SQL + """
            select rule, pointer, value, total, detail from (
              select rule, pointer, r.value, sum(r.row_count)::bigint as total, max(r.detail) as detail,
                     row_number() over (partition by rule, pointer order by sum(r.row_count) desc, r.value) as place
                from refused r join causes using (rule, pointer)
               where r.value <> '' group by rule, pointer, r.value) found
             where place <= ? order by place""";

    private final JdbcClient jdbc;
    private final RuleBook rules;

    RefusalCauseQuery(DataSource dataSource, RuleBook rules) {
        this.jdbc = new JdbcClient(dataSource);
        this.rules = rules;
    }

    private record CausePlace(String rule, String pointer) {}

    /**
     * Returns the causes, the most frequent first.
     *
     * @param only the only province that the caller may see; null for all
     * @param province null for all
     * @param record null for all
     */
    List<RefusalCause> findCauses(
            Instant from, @Nullable String only, @Nullable String province, @Nullable String record) {
        Map<CausePlace, List<RefusedValue>> values = new HashMap<>();
        return jdbc.inTransaction(client -> {
            client.queryEach(VALUES_SQL, row -> addValue(values, row), from, only, province, record, MAX_VALUES);
            return client.query(CAUSES_SQL, row -> toCause(row, values), from, only, province, record);
        });
    }

    private static void addValue(Map<CausePlace, List<RefusedValue>> values, ResultSet row) throws SQLException {
        var value = row.getString(3);
        if (value.equals(RefusalCauseCounter.valueForSender(value, row.getString(5)))) {
            values.computeIfAbsent(new CausePlace(row.getString(1), row.getString(2)), place -> new ArrayList<>())
                    .add(new RefusedValue(value, row.getLong(4)));
        }
    }

    private RefusalCause toCause(ResultSet row, Map<CausePlace, List<RefusedValue>> values) throws SQLException {
        var rule = row.getString(1);
        var pointer = row.getString(2);
        var records = List.of((String[]) row.getArray(6).getArray());
        var hint =
                CorrectionHint.of(rule, rules.findRule(rule).orElse(null), pointer, RecordForm.of(records.getFirst()));
        return new RefusalCause(
                rule,
                pointer,
                row.getLong(3),
                row.getLong(4),
                List.of((String[]) row.getArray(5).getArray()),
                records,
                values.getOrDefault(new CausePlace(rule, pointer), List.of()),
                row.getObject(7, UUID.class),
                RowMapper.readInstant(row, 8),
                row.getString(9),
                row.getString(10),
                hint.en(),
                hint.zh());
    }
}
