package org.voyage.kit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kit.problem.ProblemType;
import org.voyage.kit.problem.Refusal;

class FailureClassifierTest {

    @ParameterizedTest
    @CsvSource({
        "08006,unavailable",
        "57P01,unavailable",
        "25006,unavailable",
        "53300,unavailable",
        "40001,conflict",
        "40P01,conflict",
        "23505,conflict",
        "22021,malformed",
        "42P01,internal"
    })
    void what_the_database_says_is_understood_however_deep_it_is_wrapped(String state, String slug) {
        var failure = new IllegalStateException(new RuntimeException(new SQLException("secret", state)));
        var refusal = FailureClassifier.toRefusal(failure);
        assertThat(ProblemType.of(refusal).slug()).isEqualTo(slug);
        assertThat(refusal.detail()).doesNotContain("secret");
    }

    @Test
    void a_backend_that_is_away_is_unavailable_and_a_mistake_is_ours() {
        assertThat(FailureClassifier.toRefusal(new RuntimeException(new ConnectException())))
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(FailureClassifier.toRefusal(new SQLException("Sorry, acquisition timeout!")))
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(FailureClassifier.toRefusal(new IOException())).isInstanceOf(Refusal.Internal.class);
    }
}
