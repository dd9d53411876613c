package org.voyage.feeds.grant;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
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
import org.voyage.feeds.alliance.AllianceCaller;
import org.voyage.feeds.alliance.AllianceKeys;
import org.voyage.feeds.alliance.AllianceRegistry;
import org.voyage.feeds.grant.GrantReader.GrantInForce;
import org.voyage.feeds.grant.GrantRegistry.GrantWrite;
import org.voyage.feeds.grant.GrantResponses.GrantBody;
import org.voyage.feeds.grant.GrantResponses.GrantEffect;
import org.voyage.feeds.grant.GrantResponses.GrantPage;
import org.voyage.feeds.grant.GrantResponses.GrantResponse;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.ScopeCalendar;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.ETags;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.problem.Refusal;

/** HTTP resource of what operators let an alliance see. */
@Path("/v1/alliances/{alliance}/grants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alliances")
@AuditedRecord(GrantRegistry.AUDIT_RECORD)
@RunOnVirtualThread
public class GrantResource {

    private final AllianceCaller caller;
    private final AllianceRegistry alliances;
    private final GrantRegistry grants;
    private final FeedScopeResolver scopes;
    private final ScopeCalendar calendar;
    private final GrantEffects effects;
    private final CursorCodec cursors;

    GrantResource(
            AllianceCaller caller,
            AllianceRegistry alliances,
            GrantRegistry grants,
            FeedScopeResolver scopes,
            ScopeCalendar calendar,
            GrantEffects effects,
            CursorCodec cursors) {
        this.caller = caller;
        this.alliances = alliances;
        this.grants = grants;
        this.scopes = scopes;
        this.calendar = calendar;
        this.effects = effects;
        this.cursors = cursors;
    }

    @GET
    @Operation(operationId = "listGrants", summary = "The grants of an alliance, by id / 查询联盟授权")
    public GrantPage list(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        String code = requireAdmitted(alliance);
        int size = QueryParameters.parseLimit(limit);
        String list = "grants " + code;
        Cursor from = cursors.decode(list, 1, cursor);
        List<GrantVersion> found = grants.list(code, from == null ? "" : from.text(0), size + 1);
        List<GrantVersion> shown = found.subList(0, Math.min(size, found.size()));
        return new GrantPage(
                shown.stream()
                        .map(each -> GrantResponse.of(each, caller.isStaff(), null))
                        .toList(),
                found.size() > size ? cursors.encode(list, shown.getLast().id) : null);
    }

    @GET
    @Path("{grant}")
    @Operation(operationId = "getGrant", summary = "A grant / 查询单项授权")
    @APIResponse(
            responseCode = "200",
            description = "The grant / 授权",
            content = @Content(schema = @Schema(implementation = GrantResponse.class)))
    public Response get(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @PathParam("grant") @Parameter(description = "Id of the grant / 授权编号", example = "standards") String id) {
        String code = requireAdmitted(alliance);
        GrantVersion grant =
                grants.find(code, AllianceKeys.requireId("grant", id)).orElseThrow(Refusal.NotFound::new);
        return toResponse(Response.ok(), grant, null);
    }

    @PUT
    @Path("{grant}")
    @CostCategory(RequestCost.LARGE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putGrant",
            summary = "Grant, or change a grant / 授权或变更授权",
            description =
                    "All conditions of a grant hold together; several grants of an alliance are united. The answer says"
                            + " how many records come in and go out. With `dryRun` nothing is stored; the effect is that of the"
                            + " first day of the grant, or of today when that lies behind."
                            + " / 同一授权的各项条件须同时满足；同一联盟的多项授权取并集。答复列出新增和移出的记录数。"
                            + "dryRun 为 true 时不保存任何内容，按授权首日计算影响；首日已过的，按今日计算。")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING),
            description = AllianceKeys.IF_MATCH_DESCRIPTION)
    @APIResponse(
            responseCode = "200",
            description = "Changed, or unchanged / 已变更或无变化",
            content = @Content(schema = @Schema(implementation = GrantResponse.class)))
    @APIResponse(
            responseCode = "201",
            description = "Granted / 已授权",
            content = @Content(schema = @Schema(implementation = GrantResponse.class)))
    public Response put(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @PathParam("grant") @Parameter(description = "Id of the grant / 授权编号", example = "standards") String id,
            @QueryParam("dryRun")
                    @Parameter(
                            description = "true: only the effect, nothing is stored / 仅试算影响，不保存",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @Nullable
                    String dryRun,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = GrantBody.class)))
                    JsonBody body,
            @Context HttpHeaders headers) {
        String by = caller.requireOperator();
        String code = AllianceKeys.requireCode(alliance);
        String key = AllianceKeys.requireId("grant", id);
        GrantFields fields = GrantFields.read(body.fields(), scopes.filters());
        LocalDate today = calendar.today();
        if (QueryParameters.parseFlag("dryRun", dryRun, false)) {
            GrantVersion draft = grants.draft(code, key, fields, by, ETags.of(headers));
            return toResponse(Response.ok(), draft, countDraft(code, key, fields, today));
        }
        FeedScope before = scopes.resolveScope(code, FeedFilter.EVERYTHING, today);
        GrantWrite write = grants.store(code, key, fields, by, ETags.of(headers));
        GrantEffect effect = effects.count(before, scopes.resolveScope(code, FeedFilter.EVERYTHING, today));
        return toResponse(
                write.created()
                        ? Response.created(URI.create("/v1/alliances/" + code + "/grants/" + key))
                        : Response.ok(),
                write.grant(),
                effect);
    }

    @DELETE
    @Path("{grant}")
    @Operation(operationId = "withdrawGrant", summary = "Withdraw a grant, with a reason / 撤回授权")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING),
            description = AllianceKeys.IF_MATCH_DESCRIPTION)
    @APIResponse(responseCode = "204", description = "Withdrawn / 已撤回")
    public Response withdraw(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @PathParam("grant") @Parameter(description = "Id of the grant / 授权编号", example = "standards") String id,
            @QueryParam("reason") @Nullable String reason,
            @Context HttpHeaders headers) {
        String by = caller.requireOperator();
        grants.withdraw(
                AllianceKeys.requireCode(alliance),
                AllianceKeys.requireId("grant", id),
                AllianceKeys.requireReason(reason),
                by,
                ETags.of(headers));
        return Response.noContent().build();
    }

    private GrantEffect countDraft(String alliance, String id, GrantFields fields, LocalDate today) {
        LocalDate day = fields.from().isAfter(today) ? fields.from() : today;
        FeedScope before = scopes.resolveScope(alliance, FeedFilter.EVERYTHING, day);
        if (alliances
                .findAdmitted(alliance)
                .filter(its -> its.suspendedAt == null)
                .isEmpty()) {
            return effects.count(before, before);
        }
        boolean isInForce = fields.until() == null || fields.until().isAfter(day);
        FeedScope after = isInForce
                ? scopes.resolveScopeWith(
                        alliance, day, id, new GrantInForce(fields.rule(), new TreeSet<>(fields.fields())))
                : scopes.resolveScopeWithout(alliance, day, id);
        return effects.count(before, after);
    }

    private String requireAdmitted(String alliance) {
        String code = caller.requireReadable(alliance);
        alliances.requireAdmitted(code);
        return code;
    }

    private Response toResponse(Response.ResponseBuilder answer, GrantVersion grant, @Nullable GrantEffect effect) {
        return answer.tag(Integer.toString(grant.version))
                .entity(GrantResponse.of(grant, caller.isStaff(), effect))
                .build();
    }
}
