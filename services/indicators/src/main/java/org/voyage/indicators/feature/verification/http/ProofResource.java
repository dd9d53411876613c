package org.voyage.indicators.feature.verification.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.verification.proof.ProofRun;
import org.voyage.indicators.feature.verification.proof.ProofService;
import org.voyage.indicators.feature.verification.proof.ProofStore;
import org.voyage.indicators.feature.verification.proof.ProofStore.SealedCertificate;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: proofs of the figures, for operators. */
@Path("/v1/proofs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Proofs",
        description =
                "Every figure recomputed and compared, cell by cell, and derived again / " + "指标复核：逐个单元格复算比较，并重新推算衍生指标")
@AuditedRecord(ProofService.AUDIT_RECORD)
@RunOnVirtualThread
public class ProofResource {

    private static final String CURSOR_LIST = "proofs";

    private final ProofService proofs;
    private final ProofStore store;
    private final FigureAccessPolicy accessPolicy;
    private final CursorCodec cursors;

    ProofResource(ProofService proofs, ProofStore store, FigureAccessPolicy accessPolicy, CursorCodec cursors) {
        this.proofs = proofs;
        this.store = store;
        this.accessPolicy = accessPolicy;
        this.cursors = cursors;
    }

    @GET
    @Operation(
            operationId = "listProofs",
            summary = "Proofs, the newest first / 查询复核证书，新的在前",
            description = "`alarm` is true if the newest proof with a result found a difference. A certificate of a"
                    + " `candidate` concerns figures that a rebuild refused; a proof of the serving figures begins then."
                    + " / "
                    + "最近一次有结论的复核发现不符的，`alarm` 为 true。`candidate` 的证书针对重建未通过的候选数；此时随"
                    + "即开始复核在用数。")
    public ProofResponses.ProofsAnswer list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        accessPolicy.requireOperatorOrAuditor();
        int size = QueryParameters.parseLimit(limit);
        proofs.refreshNewest();
        Cursor from = cursors.decode(CURSOR_LIST, 1, cursor);
        List<SealedCertificate> found =
                queryStore(() -> store.findNewest(from == null ? Long.MAX_VALUE : from.integer(0), size + 1));
        List<SealedCertificate> shown = found.subList(0, Math.min(size, found.size()));
        return new ProofResponses.ProofsAnswer(
                proofs.isAlarmRaised(),
                queryStore(proofs::findRunningProof)
                        .map(ProofResponses.ProofSummary::of)
                        .orElse(null),
                shown.stream().map(ProofResponses.ProofSummary::of).toList(),
                found.size() > size
                        ? cursors.encode(CURSOR_LIST, shown.getLast().number())
                        : null);
    }

    @GET
    @Path("/newest")
    @Operation(
            operationId = "getNewestVerdict",
            summary = "Verdict of the newest proof / 查询最近一次复核的结论",
            description =
                    "The verdict of the newest proof that came to a decision, for every reader of figures. Operators and"
                            + " auditors read the certificate. / 最近一次有结论的复核，供可查阅指标的各类用户查询；复核证书供运行人员和审计人员查阅。")
    public ProofResponses.NewestVerdict getNewestVerdict() {
        accessPolicy.visibleProvince();
        proofs.refreshNewest();
        return proofs.findNewest().map(ProofResponses.NewestVerdict::of).orElse(ProofResponses.NewestVerdict.NONE);
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getProof",
            summary = "A proof, with each cell and derived value that differs / 查询单个复核证书及其不符项",
            description = "Each differing cell with its live amount, the amounts by the evidence and by the published"
                    + " events, and the first event after which they differ. Each differing value of a derived figure"
                    + " with its parts; it says whether the parts differ too, or only the derivation. / "
                    + "不符的单元格列出实时数、按证据库和按已发布事件复算的数，以及首个出现不符的事件。不符的衍生数值列出"
                    + "其构成，并说明是构成不符还是仅推算不符。")
    public ProofResponses.ProofAnswer getProof(
            @PathParam("id")
                    @Parameter(
                            description = "of the proof, from Location / 复核编号，见 Location",
                            example = "0b0c5a4e-6a1d-4a39-9b7e-0d2d6f0a1c11")
                    String id) {
        accessPolicy.requireOperatorOrAuditor();
        UUID uuid = parseId(id);
        // The order matters: a run that ends between the two reads is in the store already.
        Optional<ProofRun> running =
                queryStore(proofs::findRunningProof).filter(run -> run.id().equals(uuid));
        return queryStore(() -> store.findCertificate(uuid))
                .map(ProofResponses.ProofAnswer::of)
                .or(() -> running.map(ProofResponses.ProofAnswer::of))
                .orElseThrow(Refusal.NotFound::new);
    }

    @POST
    @Operation(
            operationId = "startProof",
            summary = "Prove the figures now / 立即复核指标",
            description =
                    "Begins a proof, which goes on by itself; Location is the address of its certificate. Queries are"
                            + " answered meanwhile. One proof runs at a time. / "
                            + "开始复核并在后台进行；复核证书的地址见 Location。其间照常提供查询，同一时间只进行一次复核。")
    @APIResponse(
            responseCode = "202",
            description = "Begun / 已开始",
            headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(implementation = ProofResponses.ProofAnswer.class)))
    public Response startProof() {
        String by = accessPolicy.requireOperator("Only an operator begins a proof.", "只有运行人员可以发起校验。");
        ProofRun run = proofs.beginProof(by)
                .orElseThrow(() -> new Refusal.Conflict("A proof is running already.", "已有一次校验正在进行。"));
        return Response.accepted(ProofResponses.ProofAnswer.of(run))
                .location(URI.create("/v1/proofs/" + run.id()))
                .build();
    }

    private static UUID parseId(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound();
        }
    }

    private static <T> T queryStore(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }
}
