package org.voyage.mobility.enrolment;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.write.RetryingTransactions;
import org.voyage.mobility.personal.ErasureReason;
import org.voyage.mobility.personal.PersonalDataResponse;
import org.voyage.mobility.personal.PersonalDataService;

/** HTTP resource of the personal data of an enrolment's student, for the owning bureau and privacy officers. */
@Path("/v1/inbound-enrolments/{province}/{sourceId}/personal-data")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord(value = PersonalDataService.RECORD_NAME, personal = true)
@Tag(name = "personal-data", description = "个人信息")
public class PersonalDataResource {

    private static final int PERMANENT_REDIRECT = 308;
    private static final CodeSet<ErasureReason> ERASURE_REASONS = CodeSet.of("erasure-reason", ErasureReason.class);
    private static final String EXAMPLE = """
            {"province": "12", "sourceId": "TJ-2020-0001",
             "personal": {"name": "EXAMPLE NAME", "passportNumber": "X0000000", "birthDate": "2000-02-29"},
             "updatedAt": "2026-03-01T02:03:04.567891Z",
             "sameStudent": {"others": 2, "enrolments": [{"province": "12", "sourceId": "TJ-2017-0042"}]}}""";

    private final InboundEnrolmentService enrolments;
    private final PersonalDataService personal;
    private final PersonalAccess access;

    PersonalDataResource(InboundEnrolmentService enrolments, PersonalDataService personal, PersonalAccess access) {
        this.enrolments = enrolments;
        this.personal = personal;
        this.access = access;
    }

    @GET
    @Operation(
            operationId = "getPersonalData",
            summary =
                    "Who the student is, and other enrolments of the same student; each reading is audited / 查询学生个人信息（留痕）")
    @APIResponse(
            responseCode = "200",
            description = "As it was sent last / 最近一次报送的个人信息",
            content = @Content(schema = @Schema(implementation = PersonalDataResponse.class), example = EXAMPLE))
    @APIResponse(
            responseCode = "308",
            description = "The enrolment goes on under another key / 记录已改用新编号",
            headers =
                    @Header(name = "Location", description = "Where / 新地址", schema = @Schema(type = SchemaType.STRING)))
    public Response get(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return access.readAudited(
                        province,
                        sourceId,
                        (key, scope) -> personal.readAudited(key, scope)
                                .map(Response::ok)
                                .or(() -> movedResponse(key)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Optional<Response.ResponseBuilder> movedResponse(RecordKey key) {
        return enrolments.records().table().findHistory(key).reversed().stream()
                .findFirst()
                .map(RecordVersion::movedTo)
                .map(to -> UriBuilder.fromResource(PersonalDataResource.class)
                        .build(key.province().code(), to))
                .map(there -> Response.status(PERMANENT_REDIRECT).location(there));
    }

    @DELETE
    @Operation(
            operationId = "erasePersonalData",
            summary = "Erase it on lawful request; the enrolment and the figures stay / 依法删除个人信息，保留业务记录")
    @APIResponse(responseCode = "204", description = "Nothing of it is left / 已删除")
    public Response erase(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @Parameter(
                            description = "student-request, purpose-fulfilled, unlawful or other; required / 删除原因代码，必填",
                            example = "student-request",
                            schema =
                                    @Schema(
                                            enumeration = {"student-request", "purpose-fulfilled", "unlawful", "other"
                                            }))
                    @QueryParam("reason")
                    @Nullable
                    String reason) {
        RecordKey key = access.requireKey(access.requireWriteScope(), province, sourceId);
        ErasureReason because = parseReason(reason);
        RetryingTransactions.runInTransaction(() -> {
            requireNotMoved(key);
            personal.eraseData(key, because);
            return key;
        });
        return Response.noContent().build();
    }

    @POST
    @Path("consent")
    @Operation(
            operationId = "renewConsent",
            summary = "After an erasure: the student has consented again, it may be sent again / 删除后重新取得同意")
    @APIResponse(responseCode = "204", description = "It may be sent again / 可重新报送")
    public Response renewConsent(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        RecordKey key = access.requireKey(access.requireWriteScope(), province, sourceId);
        RetryingTransactions.runInTransaction(() -> {
            requireNotMoved(key);
            personal.renewConsent(key);
            return key;
        });
        return Response.noContent().build();
    }

    /** Parses the reason; the refusal does not repeat the text, because it may name the student. */
    private static ErasureReason parseReason(@Nullable String reason) {
        ErasureReason because = reason == null ? null : ERASURE_REASONS.find(reason);
        if (because == null) {
            throw new Refusal.Malformed(Finding.query(
                    "reason",
                    "erasure-reason-unknown",
                    "Say why it is erased: " + String.join(", ", ERASURE_REASONS.codes()) + ".",
                    "请说明删除原因，可用代码：" + String.join("、", ERASURE_REASONS.codes()) + "。"));
        }
        return because;
    }

    /** Locks the key of the record until the transaction ends, so that a change affects the data of this student. */
    private void requireNotMoved(RecordKey key) {
        RecordVersion<InboundEnrolment> there =
                enrolments.records().table().lockForShare(List.of(key)).get(key);
        if (there == null) {
            throw new Refusal.NotFound();
        }
        ChangeSet.requireNotMoved(there);
    }
}
