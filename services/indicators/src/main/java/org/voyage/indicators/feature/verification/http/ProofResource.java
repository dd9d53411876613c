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
@Tag(name = "Proofs", description = "Every figure recomputed and compared, cell by cell, and derived again.")
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
            summary = "Proofs, the newest first",
            description =
                    "`alarm` is true when the newest proof that decided something found a difference. A certificate of a `candidate`"
                            + " is of figures that a rebuild refused; of those that serve a proof begins then.")
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
    @Path("/{id}")
    @Operation(
            operationId = "getProof",
            summary = "A proof, and each cell and derived value that differs",
            description =
                    "Each differing cell with what was live, what the evidence gives, what the published events give, and"
                            + " the first event at which they part. Each differing value of a derived figure with what it is"
                            + " made of, and whether that differs too or only the derivation.")
    public ProofResponses.ProofAnswer getProof(
            @PathParam("id")
                    @Parameter(
                            description = "of the proof, from Location",
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
            summary = "Prove the figures now",
            description =
                    "Begins a proof, which goes on by itself; Location says where its certificate will be. Figures are"
                            + " answered meanwhile. One runs at a time.")
    @APIResponse(
            responseCode = "202",
            description = "Begun",
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
