package org.voyage.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                new Refusal.PositionExpired("/v1/things"),
                new Refusal.PositionExpired(""),
                new Refusal.AllianceNotAdmitted(),
                new Refusal.AllianceSuspended(),
                new Refusal.QuotaExceeded("a", "甲", QuotaUsage.ofBytes(1, 1, Instant.now())),
                new Refusal.QuotaExceeded("a", "甲", QuotaUsage.ofCaller(1, 1, "feeds", "个订阅")),
                new Refusal.StorageFull("a", "甲", QuotaUsage.ofBytes(1, 1, Instant.now())),
                new Refusal.UrlNotAllowed(FINDING),
                new Refusal.TooManyRequests(1),
                new Refusal.PreconditionFailed("a", "甲"),
                new Refusal.TooLarge(1),
                new Refusal.RequestTimeout("a", "甲"),
                new Refusal.UriTooLong(1),
                new Refusal.HeadersTooLarge(1),
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
        assertThat(problem.status()).isBetween(400, 507);
        assertThat(problem.title()).matches("\\p{ASCII}+");
        assertThat(problem.titleZh()).matches(".*\\p{IsHan}.*");
        assertThat(problem.detail()).isNotBlank();
        assertThat(problem.toJson()).contains("\"instance\":\"id-1\"").doesNotContain("org.voyage");
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
    }

    @Test
    void a_refusal_of_a_quota_says_how_much_is_used_the_limit_and_when_there_is_room() {
        var byTime = new Refusal.QuotaExceeded(
                "The files are too many.",
                "文件过多。",
                QuotaUsage.ofBytes(7, 5, Instant.now().plusSeconds(60)));
        var problem = Problem.of(byTime, "id-1");
        assertThat(Integer.parseInt(Problem.headersOf(byTime).get("Retry-After")))
                .isBetween(55, 61);
        assertThat(problem.detail())
                .matches("The files are too many\\. In use: 7 of 5 bytes\\. There is room again at .*Z\\.");
        assertThat(problem.detailZh()).matches("文件过多。已用 7 字节，上限 5 字节。北京时间 [-0-9]+ [:0-9]+ 起可继续。");
        assertThat(problem.toJson())
                .matches(".*\"quota\":\\{\"used\":7,\"limit\":5,\"unit\":\"bytes\",\"retryAt\":\"[-0-9T:]+Z\"}.*");

        var byCaller = new Refusal.QuotaExceeded("Too many.", "过多。", QuotaUsage.ofCaller(3, 3, "feeds", "个订阅"));
        assertThat(Problem.headersOf(byCaller)).isEmpty();
        assertThat(Problem.of(byCaller, "id-1").toJson())
                .contains("\"quota\":{\"used\":3,\"limit\":3,\"unit\":\"feeds\"}")
                .contains("过多。已用 3 个订阅，上限 3 个订阅。");
        assertThat(Problem.of(new Refusal.NotFound(), "id-1").toJson()).doesNotContain("quota");
    }
}
