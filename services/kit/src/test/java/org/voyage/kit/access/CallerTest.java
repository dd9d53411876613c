package org.voyage.kit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;
import org.voyage.kit.problem.Refusal;

class CallerTest {
    private static final Province TIANJIN = Province.of("12");
    private static final Province JIANGSU = Province.of("32");

    /** Verified claims of a token. */
    private record TestToken(Map<String, Object> claims) implements JsonWebToken {
        @Override
        public String getName() {
            return "name";
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"})
        public <T> T getClaim(String name) {
            return (T) claims.get(name);
        }
    }

    private static Caller caller(Map<String, Object> claims, String... roles) {
        return new Caller(QuarkusSecurityIdentity.builder()
                .setPrincipal(new TestToken(claims))
                .addRoles(Set.of(roles))
                .build());
    }

    private static Caller bureau(Map<String, Object> claims) {
        return caller(claims, "bureau");
    }

    @Test
    void a_bureau_writes_and_reads_its_own_province() {
        var caller = bureau(Map.of("sub", "bureau-12", "province", "12"));
        caller.requireWriteAccess(TIANJIN);
        caller.requireReadAccess(TIANJIN);
        assertThat(caller.clientId()).isEqualTo("bureau-12");
        assertThat(bureau(Map.of("exp", 7L)).tokenExpiry()).isEqualTo(Instant.ofEpochSecond(7));
        assertThat(caller.province()).contains(TIANJIN);
        assertThat(caller.requireReadScope()).isEqualTo(new Scope.ProvinceScope(TIANJIN));
        assertThat(caller.roles()).containsExactly(Role.BUREAU);
    }

    @Test
    void another_province_is_absent_for_a_bureau() {
        var caller = bureau(Map.of("province", "12"));
        assertThatThrownBy(() -> caller.requireWriteAccess(JIANGSU)).isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() -> caller.requireReadAccess(JIANGSU)).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void a_bureau_of_no_known_province_may_nothing() {
        for (var claims : java.util.List.of(
                Map.<String, Object>of(),
                Map.<String, Object>of("province", "99"),
                Map.<String, Object>of("province", 12))) {
            assertThatThrownBy(() -> bureau(claims).requireWriteAccess(TIANJIN)).isInstanceOf(Refusal.Forbidden.class);
            assertThatThrownBy(() -> bureau(claims).requireReadScope()).isInstanceOf(Refusal.Forbidden.class);
        }
    }

    @Test
    void operators_and_auditors_read_everything_and_write_nothing() {
        for (var role : java.util.List.of("operator", "auditor")) {
            var caller = caller(Map.of(), role);
            assertThat(caller.requireReadScope()).isEqualTo(new Scope.NationalScope());
            assertThatThrownBy(() -> caller.requireWriteAccess(TIANJIN)).isInstanceOf(Refusal.Forbidden.class);
        }
    }

    @Test
    void alliances_and_tokens_without_a_role_read_no_records() {
        assertThatThrownBy(() -> caller(Map.of("alliance", "X"), "alliance").requireReadScope())
                .isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> caller(Map.of("province", "12")).requireReadScope())
                .isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> caller(Map.of("province", "12"), "admin").requireWritableProvince())
                .isInstanceOf(Refusal.Forbidden.class);
    }

    @Test
    void an_alliance_reads_its_own_and_no_other_alliance() {
        var caller = caller(Map.of("alliance", "WFCP"), "alliance");
        assertThat(caller.alliance()).contains("WFCP");
        assertThat(caller.requireAlliance()).isEqualTo("WFCP");
        caller.requireAllianceReadAccess("WFCP");
        assertThatThrownBy(() -> caller.requireAllianceReadAccess("OTHER")).isInstanceOf(Refusal.NotFound.class);
        assertThat(caller.connectionScope()).isEqualTo(ConnectionScope.ofAlliance("WFCP"));
    }

    @Test
    void an_alliance_without_a_code_may_nothing() {
        for (var claims : java.util.List.of(
                Map.<String, Object>of(),
                Map.<String, Object>of("alliance", ""),
                Map.<String, Object>of("alliance", "wfcp"),
                Map.<String, Object>of("alliance", 12))) {
            var caller = caller(claims, "alliance");
            assertThatThrownBy(caller::requireAlliance).isInstanceOf(Refusal.Forbidden.class);
            assertThatThrownBy(caller::connectionScope).isInstanceOf(Refusal.Forbidden.class);
        }
    }

    @Test
    void operators_and_auditors_read_what_belongs_to_alliances_and_bureaus_do_not() {
        for (var role : java.util.List.of("operator", "auditor")) {
            var caller = caller(Map.of("alliance", "WFCP"), role);
            caller.requireAllianceReadAccess("OTHER");
            assertThat(caller.alliance()).isEmpty();
            assertThatThrownBy(caller::requireAlliance).isInstanceOf(Refusal.Forbidden.class);
            assertThat(caller.connectionScope()).isEqualTo(new ConnectionScope("all", ""));
        }
        var bureau = bureau(Map.of("province", "12", "alliance", "WFCP"));
        assertThatThrownBy(() -> bureau.requireAllianceReadAccess("WFCP")).isInstanceOf(Refusal.Forbidden.class);
        assertThat(bureau.connectionScope()).isEqualTo(new ConnectionScope("12", ""));
    }

    @Test
    void an_anonymous_caller_is_asked_for_a_token() {
        var nobody = new Caller(QuarkusSecurityIdentity.builder()
                .setAnonymous(true)
                .setPrincipal(() -> "")
                .build());
        assertThatThrownBy(nobody::requireReadScope).isInstanceOf(Refusal.Unauthenticated.class);
        assertThatThrownBy(nobody::requireWritableProvince).isInstanceOf(Refusal.Unauthenticated.class);
    }

    @Test
    void the_database_shows_a_bureau_its_province_and_nothing_to_who_reads_no_records() {
        assertThat(bureau(Map.of("province", "12")).visibleScope()).contains(new Scope.ProvinceScope(TIANJIN));
        for (String everything : new String[] {"operator", "auditor", "privacy-officer"}) {
            assertThat(caller(Map.of(), everything).visibleScope())
                    .as(everything)
                    .contains(new Scope.NationalScope());
        }
        assertThat(caller(Map.of(), "alliance").visibleScope()).isEmpty();
        assertThat(caller(Map.of()).visibleScope()).isEmpty();
    }

    @Test
    void a_privacy_officer_neither_reads_nor_writes_records() {
        var officer = caller(Map.of("sub", "privacy-officer"), "privacy-officer");
        assertThat(officer.roles()).containsExactly(Role.PRIVACY_OFFICER);
        assertThatThrownBy(officer::requireReadScope).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(officer::requireWritableProvince).isInstanceOf(Refusal.Forbidden.class);
    }
}
