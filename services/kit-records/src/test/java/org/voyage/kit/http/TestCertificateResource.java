package org.voyage.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Test resource that lets the tested service use TLS too, with a certificate of {@code localhost} made for this run.
 */
public final class TestCertificateResource implements QuarkusTestResourceLifecycleManager {
    private static final String PASSWORD = "only-for-this-run";

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("voyage-tls");
            Path store = folder.resolve("server.p12");
            folder.toFile().deleteOnExit();
            store.toFile().deleteOnExit();
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keyalg",
                            "EC",
                            "-alias",
                            "server",
                            "-dname",
                            "CN=localhost",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .inheritIO()
                    .start();
            assertThat(keytool.waitFor()).isZero();
            return Map.of(
                    "quarkus.tls.key-store.p12.path", store.toString(), "quarkus.tls.key-store.p12.password", PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Does nothing: the certificate is for this run only. */
    @Override
    public void stop() {}
}
