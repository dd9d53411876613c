package org.voyage.feeds.alliance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.io.IOException;
import java.io.InputStream;
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
import org.voyage.feeds.alliance.AllianceMembers.MemberFileResult;
import org.voyage.feeds.alliance.AllianceRegistry.RegistryWrite;
import org.voyage.feeds.alliance.AllianceResponses.MemberFileResponse;
import org.voyage.feeds.alliance.AllianceResponses.MemberPage;
import org.voyage.feeds.alliance.AllianceResponses.MemberResponse;
import org.voyage.feeds.alliance.UnmatchedPartnerFinder.LikelyMiss;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.BodyReader;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.ETags;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.TemplateFile;

/** HTTP resource of the members of an alliance, one by one or as a file. */
@Path("/v1/alliances/{alliance}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alliances")
@AuditedRecord(RegistryEvents.MEMBER)
@RunOnVirtualThread
public class MemberResource {

    private final AllianceCaller caller;
    private final AllianceRegistry registry;
    private final AllianceMembers members;
    private final UnmatchedPartnerFinder misses;
    private final CursorCodec cursors;

    MemberResource(
            AllianceCaller caller,
            AllianceRegistry registry,
            AllianceMembers members,
            UnmatchedPartnerFinder misses,
            CursorCodec cursors) {
        this.caller = caller;
        this.registry = registry;
        this.members = members;
        this.misses = misses;
        this.cursors = cursors;
    }

    @Schema(name = "LikelyMisses")
    public record LikelyMissList(List<LikelyMiss> items) {}

    @GET
    @Path("members")
    @Operation(operationId = "listMembers", summary = "The members of an alliance, by id / 查询联盟成员")
    public MemberPage list(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        String code = requireAdmitted(alliance);
        int size = QueryParameters.parseLimit(limit);
        String list = "members " + code;
        Cursor from = cursors.decode(list, 1, cursor);
        List<AllianceMember> found = members.list(code, from == null ? "" : from.text(0), size + 1);
        List<AllianceMember> shown = found.subList(0, Math.min(size, found.size()));
        return new MemberPage(
                shown.stream().map(MemberResponse::of).toList(),
                found.size() > size ? cursors.encode(list, shown.getLast().id) : null);
    }

    @GET
    @Path("members/{member}")
    @Operation(operationId = "getMember", summary = "A member / 查询单个成员")
    @APIResponse(
            responseCode = "200",
            description = "The member / 成员",
            content = @Content(schema = @Schema(implementation = MemberResponse.class)))
    public Response get(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @PathParam("member") @Parameter(description = "Id of the member / 成员编号", example = "U-001") String id) {
        String code = requireAdmitted(alliance);
        AllianceMember member =
                members.find(code, AllianceKeys.requireId("member", id)).orElseThrow(Refusal.NotFound::new);
        return toResponse(Response.ok(), member);
    }

    @PUT
    @Path("members/{member}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putMember",
            summary = "Add a member, or correct it / 登记或更正成员",
            description =
                    "Records match a member by its school code, or by a name that is written so, together with the country."
                            + " Case, width, spaces and punctuation make no difference. / 记录按学校代码，或按名称（忽略大小写、全半角、空格和标点）与国别匹配成员。")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING),
            description = AllianceKeys.IF_MATCH_DESCRIPTION)
    @APIResponse(
            responseCode = "200",
            description = "Corrected, or unchanged / 已更正或无变化",
            content = @Content(schema = @Schema(implementation = MemberResponse.class)))
    @APIResponse(
            responseCode = "201",
            description = "Added / 已登记",
            content = @Content(schema = @Schema(implementation = MemberResponse.class)))
    public Response put(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @PathParam("member") @Parameter(description = "Id of the member / 成员编号", example = "U-001") String id,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = MemberFields.class)))
                    JsonBody body,
            @Context HttpHeaders headers) {
        caller.requireOperator();
        String code = AllianceKeys.requireCode(alliance);
        String key = AllianceKeys.requireId("member", id);
        FieldReader fields = body.fields();
        MemberFields read = MemberFields.read(fields);
        fields.requireNoFindings();
        RegistryWrite<AllianceMember> write = members.store(code, key, read, ETags.of(headers));
        Response.ResponseBuilder answer = write.created()
                ? Response.created(URI.create("/v1/alliances/" + code + "/members/" + key))
                : Response.ok();
        return toResponse(AllianceCaller.addReceipt(answer, write.receipt()), write.value());
    }

    @DELETE
    @Path("members/{member}")
    @Operation(operationId = "withdrawMember", summary = "Withdraw a member, with a reason / 撤回成员")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING),
            description = AllianceKeys.IF_MATCH_DESCRIPTION)
    @APIResponse(responseCode = "204", description = "Withdrawn / 已撤回")
    public Response withdraw(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @PathParam("member") @Parameter(description = "Id of the member / 成员编号", example = "U-001") String id,
            @QueryParam("reason") @Nullable String reason,
            @Context HttpHeaders headers) {
        caller.requireOperator();
        String code = AllianceKeys.requireCode(alliance);
        return AllianceCaller.addReceipt(
                        Response.noContent(),
                        members.withdraw(
                                code,
                                AllianceKeys.requireId("member", id),
                                AllianceKeys.requireReason(reason),
                                ETags.of(headers)))
                .build();
    }

    @GET
    @Path("likely-misses")
    @CostCategory(RequestCost.LARGE)
    @Operation(
            operationId = "listLikelyMisses",
            summary = "Partners in records that are likely members, but written otherwise / 疑似成员但写法不同的合作方",
            description = "Records do not match them until the spelling is added to the member."
                    + " / 将该写法加入成员名称之前，相关记录不会匹配。")
    public LikelyMissList listMisses(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance) {
        caller.requireStaff();
        String code = AllianceKeys.requireCode(alliance);
        registry.requireAdmitted(code);
        return new LikelyMissList(misses.findMisses(members.list(code, "", Integer.MAX_VALUE)));
    }

    @POST
    @Path("members")
    @Consumes({"text/csv", TemplateFile.MEDIA_TYPE})
    @Operation(
            operationId = "postMemberFile",
            summary = "A file of members: all or nothing / 以文件登记成员，全部成功或全部不写入",
            description =
                    "Columns: id, kind, college, names (separated by |), country, from, until; Chinese headings are"
                            + " read too. Members that the file does not name stay. errors[] names line and column (/12/country)."
                            + " / 列名：编号、类型、学校代码、名称（以 | 分隔）、国别、加入日期、退出日期；文件未列出的成员保持不变。")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = TemplateFile.MEDIA_TYPE,
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "200",
            description = "All rows are stored / 全部写入",
            content = @Content(schema = @Schema(implementation = MemberFileResponse.class)))
    public Response load(
            @PathParam("alliance") @Parameter(description = AllianceKeys.CODE_DESCRIPTION, example = "WFCP")
                    String alliance,
            @HeaderParam("Content-Encoding") @Parameter(hidden = true) @Nullable String encoding,
            @Context HttpHeaders headers,
            InputStream body)
            throws IOException {
        caller.requireOperator();
        String code = AllianceKeys.requireCode(alliance);
        boolean isSpreadsheet = requireMediaType(headers).isCompatible(MediaType.valueOf(TemplateFile.MEDIA_TYPE));
        byte[] file = BodyReader.readWhole(body, encoding, MemberFile.MAX_BYTES);
        MemberFileResult result = members.storeAll(code, MemberFile.parse(file, isSpreadsheet));
        return AllianceCaller.addReceipt(Response.ok(), result.receipt())
                .entity(new MemberFileResponse(result.created(), result.corrected(), result.unchanged()))
                .build();
    }

    private static MediaType requireMediaType(HttpHeaders headers) {
        MediaType sent = BodyReader.parseMediaType(headers);
        if (sent == null) {
            throw new Refusal.UnsupportedMediaType(
                    "A file of members is text/csv or an .xlsx spreadsheet (" + TemplateFile.MEDIA_TYPE + ").",
                    "成员文件应为 text/csv 或 .xlsx 表格（" + TemplateFile.MEDIA_TYPE + "）。");
        }
        return sent;
    }

    private String requireAdmitted(String alliance) {
        String code = caller.requireReadable(alliance);
        registry.requireAdmitted(code);
        return code;
    }

    private static Response toResponse(Response.ResponseBuilder answer, AllianceMember member) {
        return answer.tag(Integer.toString(member.version))
                .entity(MemberResponse.of(member))
                .build();
    }
}
