package org.voyage.kit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerifiedTokenCacheTest {

    private static final Instant TOKEN_END = Instant.parse("2026-11-25T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(TOKEN_END.minusSeconds(30));
    private final Clock clock =
            InstantSource.tick(now::get, Duration.ofMillis(1)).withZone(ZoneOffset.UTC);

    /** Claims of a token that ends at {@link #TOKEN_END}. */
    private record TestClaims() implements JsonWebToken {
        @Override
        public String getName() {
            return "bureau-12";
        }

        @Override
        public Set<String> getClaimNames() {
            return Set.of("exp");
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"})
        public <T> T getClaim(String name) {
            return (T) Map.of("exp", TOKEN_END.getEpochSecond()).get(name);
        }
    }

    private VerifiedTokenCache cacheFor(Duration lifetime) {
        VerifiedTokenCache tokens = new VerifiedTokenCache(lifetime, clock);
        SecurityIdentity verified = QuarkusSecurityIdentity.builder()
                .setPrincipal(new TestClaims())
                .addRole("bureau")
                .addCredential(new AccessTokenCredential("a.b.c"))
                .addAttribute("the request it came with", new Object())
                .build();
        tokens.augment(verified, VerifiedTokenCacheTest::failIfUsed).await().indefinitely();
        return tokens;
    }

    private static Uni<SecurityIdentity> failIfUsed(Object work) {
        throw new AssertionError();
    }

    private static @Nullable SecurityIdentity findCached(VerifiedTokenCache tokens, String text) {
        return tokens.authenticate(
                        new TokenAuthenticationRequest(new AccessTokenCredential(text)),
                        VerifiedTokenCacheTest::failIfUsed)
                .await()
                .indefinitely();
    }

    @Test
    void a_verified_token_is_known_again_without_the_request_that_it_came_with() {
        SecurityIdentity known = findCached(cacheFor(Duration.ofMinutes(1)), "a.b.c");
        assertThat(known).isNotNull().satisfies(its -> {
            assertThat(its.getPrincipal().getName()).isEqualTo("bureau-12");
            assertThat(its.getRoles()).containsExactly("bureau");
            assertThat(its.getAttributes()).doesNotContainKey("the request it came with");
        });
    }

    @Test
    void a_token_whose_signature_was_exchanged_is_not_known() {
        assertThat(findCached(cacheFor(Duration.ofMinutes(1)), "a.b.d")).isNull();
    }

    @Test
    void a_token_is_not_known_from_its_end_on() {
        VerifiedTokenCache tokens = cacheFor(Duration.ofMinutes(1));
        now.set(TOKEN_END.minusMillis(1));
        assertThat(findCached(tokens, "a.b.c")).isNotNull();
        now.set(TOKEN_END);
        assertThat(findCached(tokens, "a.b.c")).isNull();
    }

    @Test
    void none_is_remembered_when_that_is_what_is_configured() {
        assertThat(findCached(cacheFor(Duration.ZERO), "a.b.c")).isNull();
    }
}
