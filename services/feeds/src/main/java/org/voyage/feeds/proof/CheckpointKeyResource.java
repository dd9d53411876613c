package org.voyage.feeds.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** HTTP resource: the public keys that verify checkpoints, for everybody. */
@Path("/.well-known/voyage-feeds-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Feed proofs")
@PermitAll
public class CheckpointKeyResource {

    private final CheckpointSigner signer;

    CheckpointKeyResource(CheckpointSigner signer) {
        this.signer = signer;
    }

    /**
     * Key in the form of RFC 8037.
     *
     * @param kid {@code keyId} of the checkpoints
     * @param x raw key, 32 bytes as Base64url
     * @param from first day
     * @param until first day on which it signs no more; its checkpoints still hold
     */
    @Schema(name = "PublicKey")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PublicKey(
            @Schema(examples = "1") String kid,
            @Schema(examples = "OKP") String kty,
            @Schema(examples = "Ed25519") String crv,

            @Schema(examples = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
            String x,

            @Schema(examples = "2026-01-01") @Nullable LocalDate from,

            @Schema(examples = "2027-01-01") @Nullable LocalDate until) {}

    @Schema(name = "PublicKeys")
    public record PublicKeys(List<PublicKey> keys) {}

    @GET
    @Operation(
            operationId = "listCheckpointKeys",
            summary = "The keys of checkpoints",
            description = "Ed25519, as JSON Web Keys. A key stays here as long as checkpoints that it signed are kept.")
    public PublicKeys list() {
        return new PublicKeys(signer.publicKeys().stream()
                .map(key -> new PublicKey(
                        key.id(),
                        "OKP",
                        "Ed25519",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey()),
                        key.from(),
                        key.until()))
                .toList());
    }
}
