package org.voyage.feeds.alliance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.alliance.AllianceRegistry.RegistryWrite;
import org.voyage.feeds.alliance.AllianceResponses.AlliancePage;
import org.voyage.feeds.alliance.AllianceResponses.AllianceResponse;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.ETags;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.Refusal;

/** HTTP resource of the alliances that operators admit and suspend. */
@Path("/v1/alliances")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alliances", description = "Alliances, their members and their grants / 联盟、成员与授权")
@AuditedRecord(RegistryEvents.ALLIANCE)
@RunOnVirtualThread
public class AllianceResource {

    private static final String LIST = "alliances";
    private static final int MAX_REASON_LENGTH = 500;

    private final AllianceCaller caller;
    private final AllianceRegistry registry;
    private final CursorCodec cursors;

    AllianceResource(AllianceCaller caller, AllianceRegistry registry, CursorCodec cursors) {
        this.caller = caller;
        this.registry = registry;
        this.cursors = cursors;
    }

    /** Body of an alliance, for the OpenAPI document. */
    @Schema(name = "AllianceFields")
    record AllianceBody(
            @Schema(required = true, description = "in Chinese / 中文名称", maxLength = 200)
            String name,

            @Schema(required = true, description = "in English / 英文名称", maxLength = 200)
            String nameEn,

            @Schema(description = "how operators reach it; in no event / 联系方式", maxLength = 500)
            String contact) {}

    /** Body of a suspension, for the OpenAPI document. */
    @Schema(name = "Suspension")
    record SuspensionBody(
            @Schema(required = true, description = "why / 暂停原因", maxLength = 500)
            String reason) {}

    @GET
    @Operation(operationId = "listAlliances", summary = "The admitted alliances, by code / 查询联盟")
    public AlliancePage list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        caller.requireStaff();
        int size = QueryParameters.parseLimit(limit);
        Cursor from = cursors.decode(LIST, 1, cursor);
        List<AdmittedAlliance> found = registry.list(from == null ? "" : from.text(0), size + 1);
        List<AdmittedAlliance> shown = found.subList(0, Math.min(size, found.size()));
        return new AlliancePage(
                shown.stream().map(each -> AllianceResponse.of(each, true)).toList(),
                found.size() > size ? cursors.encode(LIST, shown.getLast().code) : null);
    }

    @GET
    @Path("{alliance}")
    @Operation(operationId = "getAlliance", summary = "An alliance / 查询单个联盟")
    @APIResponse(
            responseCode = "200",
            description = "The alliance / 联盟",
            content = @Content(schema = @Schema(implementation = AllianceResponse.class)))
    public Response get(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance) {
        String code = caller.requireReadable(alliance);
        return toResponse(Response.ok(), registry.findAdmitted(code).orElseThrow(Refusal.NotFound::new));
    }

    @PUT
    @Path("{alliance}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putAlliance",
            summary = "Admit an alliance, or correct it / 登记或更正联盟",
            description = "The code is the claim `alliance` of its tokens. / 代码与令牌中的 alliance 声明一致。")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING),
            description = AllianceKeys.IF_MATCH_DESCRIPTION)
    @APIResponse(
            responseCode = "200",
            description = "Corrected, or unchanged / 已更正或无变化",
            content = @Content(schema = @Schema(implementation = AllianceResponse.class)))
    @APIResponse(
            responseCode = "201",
            description = "Admitted / 已登记",
            content = @Content(schema = @Schema(implementation = AllianceResponse.class)))
    public Response put(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = AllianceBody.class)))
                    JsonBody body,
            @Context HttpHeaders headers) {
        caller.requireOperator();
        String code = AllianceKeys.requireCode(alliance);
        RegistryWrite<AdmittedAlliance> write =
                registry.store(code, AllianceFields.read(body.fields()), ETags.of(headers));
        Response.ResponseBuilder answer =
                write.created() ? Response.created(URI.create("/v1/alliances/" + code)) : Response.ok();
        return toResponse(AllianceCaller.addReceipt(answer, write.receipt()), write.value());
    }

    @DELETE
    @Path("{alliance}")
    @Operation(
            operationId = "withdrawAlliance",
            summary = "End an alliance's admission, with a reason / 撤销联盟登记",
            description = "Its members and grants are withdrawn with it. / 其成员和授权一并撤回。")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING),
            description = AllianceKeys.IF_MATCH_DESCRIPTION)
    @APIResponse(responseCode = "204", description = "Withdrawn / 已撤销")
    public Response withdraw(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @QueryParam("reason") @Nullable String reason,
            @Context HttpHeaders headers) {
        String by = caller.requireOperator();
        String code = AllianceKeys.requireCode(alliance);
        String why = AllianceKeys.requireReason(reason);
        return AllianceCaller.addReceipt(Response.noContent(), registry.withdraw(code, why, by, ETags.of(headers)))
                .build();
    }

    @POST
    @Path("{alliance}/suspension")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "suspendAlliance",
            summary = "Suspend an alliance / 暂停联盟",
            description = "Every way of reading is shut within 60 seconds, open streams too."
                    + " / 60 秒内关闭其全部读取方式，包括已打开的数据流。")
    @APIResponse(
            responseCode = "200",
            description = "Suspended / 已暂停",
            content = @Content(schema = @Schema(implementation = AllianceResponse.class)))
    public Response suspend(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = SuspensionBody.class)))
                    JsonBody body) {
        String by = caller.requireOperator();
        String code = AllianceKeys.requireCode(alliance);
        FieldReader fields = body.fields();
        String reason = fields.readText("reason", MAX_REASON_LENGTH);
        fields.requireNoFindings();
        RegistryWrite<AdmittedAlliance> write = registry.setSuspension(code, reason, by);
        return toResponse(AllianceCaller.addReceipt(Response.ok(), write.receipt()), write.value());
    }

    @DELETE
    @Path("{alliance}/suspension")
    @Operation(operationId = "resumeAlliance", summary = "End a suspension / 恢复联盟")
    @APIResponse(
            responseCode = "200",
            description = "Active / 已恢复",
            content = @Content(schema = @Schema(implementation = AllianceResponse.class)))
    public Response resume(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance) {
        String by = caller.requireOperator();
        RegistryWrite<AdmittedAlliance> write = registry.setSuspension(AllianceKeys.requireCode(alliance), null, by);
        return toResponse(AllianceCaller.addReceipt(Response.ok(), write.receipt()), write.value());
    }

    private Response toResponse(Response.ResponseBuilder answer, AdmittedAlliance alliance) {
        return answer.tag(Integer.toString(alliance.version))
                .entity(AllianceResponse.of(alliance, caller.isStaff()))
                .build();
    }
}
