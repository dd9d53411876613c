package org.voyage.indicators;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ApiContract;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class IndicatorsOpenApiIT {

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics();
    }

    @Test
    void the_committed_document_is_what_the_code_says() {
        ApiContract.of("indicators").requireCommitted();
    }

    @Test
    void whoever_calls_the_last_release_can_go_on() {
        ApiContract.of("indicators").requireBackwardCompatible();
    }

    @Test
    void every_operation_has_examples_of_what_is_answered() {
        ApiContract.of("indicators").requireExamples();
    }
}
