package org.voyage.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;

/** Key pair of the issuer, created at the first start and stored in a {@link SecretFile}. */
final class SigningKey {
    private SigningKey() {}

    static RSAKey loadOrCreate(Path folder) throws IOException {
        Path file = folder.resolve("signing-key.json");
        String key = SecretFile.readOrCreate(file, () -> generateKey().toJSONString());
        try {
            return RSAKey.parse(key);
        } catch (ParseException e) {
            throw new IOException(file + " is not a key; delete it to get a new one", e);
        }
    }

    private static RSAKey generateKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JDK has no RSA", e);
        }
    }
}
