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
            @Schema(description = "keyId of the checkpoints / 密钥编号", examples = "1")
            String kid,

            @Schema(description = "type of the key / 密钥类型", examples = "OKP")
            String kty,

            @Schema(description = "curve / 曲线", examples = "Ed25519")
            String crv,

            @Schema(
                    description = "public key, 32 bytes as Base64url / 公钥，32 字节，Base64url 编码",
                    examples = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
            String x,

            @Schema(description = "first day / 启用之日", examples = "2026-01-01") @Nullable
            LocalDate from,

            @Schema(description = "first day on which it signs no more / 停用之日", examples = "2027-01-01") @Nullable
            LocalDate until) {}

    @Schema(name = "PublicKeys")
    public record PublicKeys(List<PublicKey> keys) {}

    @GET
    @Operation(
            operationId = "listCheckpointKeys",
            summary = "The public keys of checkpoints / 查询检查点验签公钥",
            description =
                    "Ed25519 keys as JSON Web Keys (RFC 8037). A key stays here as long as the checkpoints that it"
                            + " signed are kept."
                            + " / 以 JSON Web Key（RFC 8037）格式公布 Ed25519 公钥。以该密钥签名的检查点仍在保留期内的，公钥持续公布。")
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
