package org.voyage.indicators.feature.verification.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.TestEventLog;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
@TestProfile(ScheduledProofIT.FrequentProofProfile.class)
class ScheduledProofIT {

    public static final class FrequentProofProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("voyage.indicators.proof.every", "1s", "voyage.indicators.proof.first", "1s");
        }
    }

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics();
    }

    @Test
    void the_figures_are_proved_again_and_again_without_anybody_asking() {
        Instant start = Instant.now();

        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            List<Map<String, Object>> proofs = ProofRequests.listProofs()
                    .getList("items.findAll { it.by == '' && it.verdict == 'proved' && it.startedAt > '" + start
                            + "' }");
            assertThat(proofs).hasSizeGreaterThan(1);
        });
    }
}
