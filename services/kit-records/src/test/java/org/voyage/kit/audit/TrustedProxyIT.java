package org.voyage.kit.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of a service behind a proxy that it trusts, in a new start. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
@TestProfile(TrustedProxyIT.TrustedProxyProfile.class)
class TrustedProxyIT {

    public static class TrustedProxyProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.proxy.proxy-address-forwarding",
                    "true",
                    "quarkus.http.proxy.allow-x-forwarded",
                    "true");
        }
    }

    @Test
    void the_address_is_the_one_that_the_proxy_forwards() {
        String id = AuditTrailClient.newSourceId();
        AuditTrailClient.requestAs(TestTokens.bureauToken("12"))
                .header("X-Forwarded-For", "203.0.113.7")
                .contentType("application/json")
                .body("{\"name\":\"a\"}")
                .put("/v1/deeds/12/" + id)
                .then()
                .statusCode(204);
        assertThat(AuditTrailClient.listAsAuditor("object=" + id).getString("items[0].address"))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void a_file_that_is_processed_later_is_audited_with_the_address_that_it_came_from() {
        String batch = AuditTrailClient.requestAs(TestTokens.bureauToken("12"))
                .header("X-Forwarded-For", "203.0.113.8")
                .header("Prefer", "respond-async")
                .contentType("text/csv; charset=utf-8")
                .body("sourceId,nmae\nA,one\n")
                .post("/v1/things/batches")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(AuditTrailClient.listAsAuditor("object=" + batch)
                                .getList("items.address"))
                        .containsExactly("203.0.113.8"));
    }

    @Test
    void the_chain_goes_on_where_it_was_before_the_restart() {
        AuditTrailClient.awaitNewSeal();
        assertThat(AuditTrailClient.verifyChain("").getString("verdict")).isEqualTo("intact");
    }
}
