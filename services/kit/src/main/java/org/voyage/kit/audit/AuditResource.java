package org.voyage.kit.audit;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.input.SourceId;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** HTTP resource of the audit trail: its entries and the verification of its chain. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit", description = "审计日志")
public class AuditResource {
    private static final Pattern KNOWN_HEAD_PATTERN = Pattern.compile("[1-9][0-9]{0,17}:[0-9a-f]{64}");
    private static final int MAX_NAME_LENGTH = 60;
    private static final String PAGE_EXAMPLE = """
            {"items": [{"position": 4711, "at": "2026-03-01T02:03:04.567891Z", "action": "changed", "outcome": "done",
              "record": "overseas-school", "province": "12", "object": "TJ-0001", "actor": "bureau-12",
              "roles": ["bureau"], "address": "203.0.113.7", "requestId": "5b0c1c1e-6f0c-4a57-9d0f-0b6a2f0e7c11",
              "details": {"changes": {"corrected": [["12/TJ-0001", 2]]}},
              "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "next": null}""";
    private static final String VERDICT_EXAMPLE = """
            {"verdict": "intact", "from": 1, "entries": 4711, "lastPosition": 4711,
             "lastHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "divergence": null}""";

    private final Caller caller;
    private final AuditStore store;
    private final AuditVerifier verification;
    private final CursorCodec cursors;

    AuditResource(Caller caller, AuditStore store, AuditVerifier verification, CursorCodec cursors) {
        this.caller = caller;
        this.store = store;
        this.verification = verification;
        this.cursors = cursors;
    }

    @GET
    @Operation(
            operationId = "listAudit",
            summary = "Who did what, when, from where, newest first; a bureau sees what is its province's,"
                    + " a privacy officer what concerns personal data / 查询审计记录，新的在前")
    @APIResponse(
            responseCode = "200",
            description = "A page of entries / 审计记录",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AuditQuery.AuditPage.class),
                            example = PAGE_EXAMPLE))
    public AuditQuery.AuditPage list(
            @Parameter(description = "Whose it is, two digits of GB/T 2260 / 所属省份") @QueryParam("province") @Nullable
                    String province,
            @Parameter(description = "Type of record, e.g. overseas-school / 记录类型") @QueryParam("record") @Nullable
                    String record,
            @Parameter(description = "Source id of a record, or id of a batch / 记录编号或批次编号")
                    @QueryParam("object")
                    @Nullable
                    String object,
            @Parameter(description = "The client that did it, e.g. bureau-12 / 操作方") @QueryParam("actor") @Nullable
                    String actor,
            @Parameter(description = "e.g. changed, refused, personal-read / 操作类型") @QueryParam("action") @Nullable
                    String action,
            @Parameter(description = "Not before this moment, e.g. 2026-01-01T00:00:00Z / 起始时刻（含）")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "Before this moment / 截止时刻（不含）") @QueryParam("to") @Nullable String to,
            @Parameter(description = "How many at most, 1 to 1000 / 每页条数") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next of the page before, with the same filters / 上一页返回的 next")
                    @QueryParam("cursor")
                    @Nullable
                    String cursor) {
        return readableEntries()
                .and("province = ?", parseProvince(province))
                .and("record = ?", QueryParameters.parseText("record", record, MAX_NAME_LENGTH))
                .and("object = ?", QueryParameters.parseText("object", object, SourceId.MAX_SOURCE_ID_LENGTH))
                .and("actor = ?", QueryParameters.parseText("actor", actor, SourceId.MAX_SOURCE_ID_LENGTH))
                .and("action = ?", QueryParameters.parseText("action", action, MAX_NAME_LENGTH))
                .and("at >= ?", QueryParameters.parseInstant("from", from))
                .and("at < ?", QueryParameters.parseInstant("to", to))
                .readPage(store, cursors, QueryParameters.parseLimit(limit), cursor);
    }

    @GET
    @Path("/verification")
    @CostCategory(RequestCost.LARGE)
    @Operation(
            operationId = "verifyAudit",
            summary = "Recompute the chain of hashes over all entries, or from a position on / 校验审计链")
    @APIResponse(
            responseCode = "200",
            description = "What recomputing showed / 校验结果",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AuditVerdict.class),
                            example = VERDICT_EXAMPLE))
    public AuditVerdict verify(
            @Parameter(
                            description = "First position to recompute, 1 if not said / 起始位置",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "A position and its hash that were kept elsewhere, 4711:9f86…; the chain must"
                                    + " still have them / 另存的位置与哈希")
                    @QueryParam("known")
                    @Nullable
                    String known) {
        if (caller.requireReadScope().province().isPresent()) {
            throw new Refusal.Forbidden("The chain is verified by auditors and operators.", "审计链由审计人员和运维人员校验。");
        }
        return verification.verifyChain(
                QueryParameters.parseInteger("from", from, 1, Long.MAX_VALUE, 1), parseKnownHead(known));
    }

    private AuditQuery readableEntries() {
        if (caller.hasRole(Role.OPERATOR) || caller.hasRole(Role.AUDITOR)) {
            return new AuditQuery();
        }
        return caller.hasRole(Role.PRIVACY_OFFICER)
                ? new AuditQuery().andCondition("action like 'personal-%'")
                : new AuditQuery()
                        .and(
                                "province = ?",
                                caller.requireReadScope()
                                        .province()
                                        .map(Province::code)
                                        .orElse(null));
    }

    private static @Nullable String parseProvince(@Nullable String text) {
        if (text != null && Province.find(text).isEmpty()) {
            throw new Refusal.Malformed(
                    Finding.query("province", "province", "There is no such province.", "没有此省份代码。"));
        }
        return text;
    }

    private static @Nullable AuditChainHead parseKnownHead(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!KNOWN_HEAD_PATTERN.matcher(text).matches()) {
            throw new Refusal.Malformed(Finding.query(
                    "known",
                    "known",
                    "Expected a position, a colon and 64 hexadecimal digits in lower case.",
                    "应为位置、冒号与 64 位小写十六进制哈希。"));
        }
        int colon = text.indexOf(':');
        return new AuditChainHead(
                Long.parseLong(text.substring(0, colon)), HexFormat.of().parseHex(text.substring(colon + 1)));
    }
}
