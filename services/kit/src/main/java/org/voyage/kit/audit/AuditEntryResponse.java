package org.voyage.kit.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit trail as a response; {@code hash} is null until the entry is sealed, a few seconds after it was
 * written.
 */
@Schema(name = "AuditEntry", description = "Who did what, when, from where / 审计记录")
record AuditEntryResponse(
        long position,
        Instant at,
        String action,
        String outcome,
        @Nullable String record,
        @Nullable String province,
        @Nullable String object,
        String actor,
        List<String> roles,
        @Nullable String address,
        String requestId,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String details,
        @Nullable String hash) {

    static final String COLUMNS = "position, at, action, outcome, record, province, object, actor, roles, address,"
            + " request_id, details, hash";

    static AuditEntryResponse read(ResultSet row) throws SQLException {
        byte[] hash = row.getBytes(13);
        return new AuditEntryResponse(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                Stream.of(row.getString(9).split(","))
                        .filter(role -> !role.isEmpty())
                        .toList(),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                hash == null ? null : HexFormat.of().formatHex(hash));
    }
}
