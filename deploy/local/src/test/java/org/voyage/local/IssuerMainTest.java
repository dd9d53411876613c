package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerMainTest {

    @Test
    void its_discovery_names_the_url_of_the_environment_not_the_port_it_listens_on(@TempDir Path data)
            throws Exception {
        String port = freePort();
        try (HttpClient http = HttpClient.newHttpClient();
                TokenIssuer issuer = IssuerMain.startIssuer(Map.of(
                        "VOYAGE_ISSUER_URL",
                        "http://issuer:8086",
                        "VOYAGE_ISSUER_PORT",
                        port,
                        "VOYAGE_ISSUER_DATA",
                        data.toString()))) {
            String discovery = http.send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://127.0.0.1:" + port + "/.well-known/openid-configuration"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(JSONObjectUtils.parse(discovery))
                    .containsEntry("issuer", issuer.url())
                    .containsEntry("issuer", "http://issuer:8086")
                    .containsEntry("token_endpoint", "http://issuer:8086/token");
            assertThat(data.resolve("signing-key.json")).exists();
        }
    }

    @Test
    void an_invalid_port_is_refused_in_one_sentence() {
        for (String port : new String[] {"", "x", "0", "65536", "-1"}) {
            assertThatThrownBy(() -> IssuerMain.startIssuer(Map.of("VOYAGE_ISSUER_PORT", port)))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("VOYAGE_ISSUER_PORT");
        }
    }

    private static String freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
