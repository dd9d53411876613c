package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.voyage.kit.access.Province;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.sheet.ColumnMapping;

/** Store of the headings that bureaus have mapped, one mapping for each province and record type. */
@ApplicationScoped
class ColumnMappingStore {

    private final JdbcClient jdbc;
    private final AuditTrail audit;

    ColumnMappingStore(DataSource dataSource, AuditTrail audit) {
        this.jdbc = new JdbcClient(dataSource);
        this.audit = audit;
    }

    ColumnMapping findMapping(Province province, String record) {
        return jdbc
                .query(
                        "select columns from column_mapping where province = ? and record = ?",
                        row -> ColumnMapping.parse(row.getString(1)),
                        province.code(),
                        record)
                .stream()
                .findFirst()
                .orElse(ColumnMapping.NONE);
    }

    /** Replaces a mapping and audits it, in the caller's transaction. */
    void replaceMapping(Province province, String record, ColumnMapping mapping, String actor) {
        jdbc.update("delete from column_mapping where province = ? and record = ?", province.code(), record);
        if (!mapping.columns().isEmpty()) {
            jdbc.update(
                    "insert into column_mapping (province, record, columns, actor, changed_at)"
                            + " values (?, ?, ?, ?, clock_timestamp())"
                            + " on conflict (province, record) do update set columns = excluded.columns,"
                            + " actor = excluded.actor, changed_at = excluded.changed_at",
                    province.code(),
                    record,
                    Objects.requireNonNull(mapping.toJson()),
                    actor);
        }
        audit.appendEntries(AuditEntry.done(
                "columns-mapped",
                record,
                province,
                null,
                Map.of("columns", mapping.columns().size())));
    }
}
