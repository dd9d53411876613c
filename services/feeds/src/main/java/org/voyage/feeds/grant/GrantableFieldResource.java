package org.voyage.feeds.grant;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.feeds.alliance.AllianceCaller;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.FieldClasses;

/** HTTP resource of the records and fields that a grant may open, for operators who write one. */
@Path("/v1/grantable-fields")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alliances")
@RunOnVirtualThread
public class GrantableFieldResource {

    private final AllianceCaller caller;

    GrantableFieldResource(AllianceCaller caller) {
        this.caller = caller;
    }

    @Schema(name = "GrantableRecord")
    public record GrantableRecord(
            @Schema(description = "type of record / 记录类型", examples = "overseas-school")
            String record,

            @Schema(description = "fields that every grant of the record opens / 授权即可见的字段")
            List<String> openFields,

            @Schema(description = "fields that only a grant that names them opens / 须逐项列明方可见的字段")
            List<String> grantableFields) {}

    @Schema(name = "GrantableRecords")
    public record GrantableRecords(List<GrantableRecord> items) {}

    @GET
    @Operation(
            operationId = "listGrantableFields",
            summary = "Records and fields that a grant may open / 查询可授权的记录与字段",
            description = "In `grantedFields` of a grant a field is written `record.field`. Other fields never leave."
                    + " / 授权的 grantedFields 中，字段写作“记录类型.字段”。其余字段一律不对外提供。")
    public GrantableRecords list() {
        caller.requireStaff();
        return new GrantableRecords(Arrays.stream(FeedRecord.values())
                .map(record -> new GrantableRecord(
                        record.wireName(),
                        FieldClasses.visibleFields(record, Set.of()),
                        FieldClasses.closedFields(record, Set.of())))
                .toList());
    }
}
