package org.voyage.standards;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ApiContract;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "standards"))
class OpenApiIT {

    @Test
    void the_committed_document_is_what_the_code_says() {
        ApiContract.of("standards").isCommitted();
    }

    @Test
    void every_operation_has_examples_of_what_is_sent_and_answered() {
        ApiContract.of("standards").hasExamples();
    }
}
