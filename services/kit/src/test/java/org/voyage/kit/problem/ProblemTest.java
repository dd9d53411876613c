package org.voyage.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTest {
    private static final Finding FINDING = new Finding("/a", "required", "This is required.", "此项必填。");

    static Stream<Refusal> everyRefusal() {
        return Stream.of(
                new Refusal.Malformed("a", "甲"),
                new Refusal.Malformed(FINDING),
                new Refusal.Invalid(FINDING),
                new Refusal.Invalid(List.of(FINDING, FINDING)),
                new Refusal.Unauthenticated(true),
                new Refusal.Unauthenticated(false),
                new Refusal.Forbidden("a", "甲"),
                new Refusal.NotFound(),
                new Refusal.MethodNotAllowed("GET"),
                new Refusal.NotAcceptable(),
                new Refusal.Conflict("a", "甲"),
                new Refusal.KeyInUse(2),
                new Refusal.KeyReused(),
                new Refusal.Gone("/v2/things"),
                new Refusal.Gone(""),
                new Refusal.PositionExpired("/v1/things"),
                new Refusal.PositionExpired(""),
                new Refusal.AllianceSuspended(),
                new Refusal.QuotaExceeded("a", "甲", 1),
                new Refusal.QuotaExceeded("a", "甲", 0),
                new Refusal.UrlNotAllowed(FINDING),
                new Refusal.TooManyRequests(1),
                new Refusal.PreconditionFailed("a", "甲"),
                new Refusal.TooLarge(1),
                new Refusal.RequestTimeout(),
                new Refusal.UriTooLong(),
                new Refusal.HeadersTooLarge(),
                new Refusal.UnsupportedMediaType("a", "甲"),
                new Refusal.ReceiptPending(2),
                new Refusal.Unavailable(5),
                new Refusal.Internal());
    }

    @ParameterizedTest
    @MethodSource("everyRefusal")
    void every_refusal_is_a_whole_problem(Refusal refusal) {
        var problem = Problem.of(refusal, "id-1");
        assertThat(problem.type()).matches("urn:voyage:problem:[a-z-]+");
        assertThat(problem.status()).isBetween(400, 503);
        assertThat(problem.title()).matches("\\p{ASCII}+");
        assertThat(problem.titleZh()).matches(".*\\p{IsHan}.*");
        assertThat(problem.detail()).isNotBlank();
        assertThat(problem.toJson()).contains("\"instance\":\"id-1\"").doesNotContain("org.voyage");
        assertThat(Problem.toResponse(refusal, "id-1").getStatus()).isEqualTo(problem.status());
    }

    @Test
    void each_kind_of_refusal_has_its_own_slug() {
        var kinds = new HashSet<Class<?>>();
        var slugs = new HashSet<String>();
        everyRefusal().forEach(refusal -> {
            kinds.add(refusal.getClass());
            slugs.add(ProblemType.of(refusal).slug());
        });
        assertThat(kinds).containsExactlyInAnyOrder(Refusal.class.getPermittedSubclasses());
        assertThat(slugs).hasSameSizeAs(kinds);
    }

    @Test
    void a_refusal_says_when_or_where_to_go_on_if_that_is_known() {
        assertThat(Problem.headersOf(new Refusal.PositionExpired("/v1/things")))
                .containsEntry("Link", "</v1/things>; rel=\"next\"");
        assertThat(Problem.headersOf(new Refusal.PositionExpired(""))).isEmpty();
        assertThat(Problem.headersOf(new Refusal.QuotaExceeded("a", "甲", 7))).containsEntry("Retry-After", "7");
        assertThat(Problem.headersOf(new Refusal.QuotaExceeded("a", "甲", 0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "08006,unavailable",
        "57P01,unavailable",
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
