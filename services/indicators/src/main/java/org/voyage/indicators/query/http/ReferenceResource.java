package org.voyage.indicators.query.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.kit.access.Caller;
import org.voyage.kit.http.ETags;

/** HTTP resource of the names of records, dimensions, lists and codes. They change with a restart only. */
@Path("/v1/reference")
@Tag(name = "Indicators")
@RunOnVirtualThread
public class ReferenceResource {

    private static final String CACHE_CONTROL = "private, max-age=300";

    private final FigureAccessPolicy accessPolicy;
    private final Caller caller;
    private final byte[] body;
    private final String tag;

    ReferenceResource(ReferenceNameLoader names, FigureAccessPolicy accessPolicy, Caller caller, ObjectMapper json)
            throws JsonProcessingException {
        this.accessPolicy = accessPolicy;
        this.caller = caller;
        this.body = json.writeValueAsBytes(names.loadNames());
        this.tag = UUID.nameUUIDFromBytes(body).toString();
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getReference",
            summary = "Names of records, fields, dimensions, lists and codes / 记录、字段、维度、名单和代码的名称",
            description =
                    "All names in Chinese and English that a reader of figures or records needs, in one answer. It has"
                            + " an entity tag and stays fresh for five minutes. Only a release of the platform changes it. / "
                            + "一次返回查阅指标和记录所需的全部中英文名称。附实体标签，有效期五分钟，仅随平台版本变化。")
    @APIResponse(
            responseCode = "200",
            description = "The names / 各项名称",
            content = @Content(schema = @Schema(implementation = ReferenceNames.class)))
    @APIResponse(responseCode = "304", description = "The caller has the current names already / 名称没有变化")
    public Response getReference(@Context HttpHeaders headers) {
        if (!accessPolicy.isOutside()) {
            caller.clientId();
        }
        Response.ResponseBuilder answer =
                ETags.of(headers).isUnchanged(tag) ? Response.notModified() : Response.ok(body);
        return answer.header(HttpHeaders.ETAG, "W/" + ETags.tagOf(tag))
                .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .build();
    }
}
