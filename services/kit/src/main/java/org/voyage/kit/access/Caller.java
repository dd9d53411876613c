package org.voyage.kit.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/** Caller of the current request, known from its token alone. */
@RequestScoped
public class Caller {
    /** Attribute of a cached identity: the token claims that earlier requests of the identity have read. */
    static final String CLAIMS_ATTRIBUTE = "voyage-claims";

    private static final Pattern ALLIANCE_CODE = Pattern.compile("[A-Z0-9]{2,20}");

    private final SecurityIdentity identity;
    /** Claims that this request has read. Reading a claim that is not a registered one costs an exception. */
    private final Map<String, String> claims = new ConcurrentHashMap<>();

    @Inject
    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Returns the caller behind an identity that was resolved outside of a request. */
    public static Caller of(SecurityIdentity identity) {
        return new Caller(identity);
    }

    /** Returns the client that the token was issued to, for instance {@code bureau-12}. */
    public String clientId() {
        requireAuthenticated();
        return findClientId().orElseThrow(() -> new Refusal.Unauthenticated(true));
    }

    /** Returns the subject of the token, or the name by which its issuer calls the client; empty for neither. */
    Optional<String> findClientId() {
        return claim("sub").or(() -> Optional.ofNullable(identity.getPrincipal().getName()));
    }

    /** Returns when the token expires; what the caller has opened ends then. */
    public Instant tokenExpiry() {
        requireAuthenticated();
        return identity.getPrincipal() instanceof JsonWebToken token
                ? Instant.ofEpochSecond(token.getExpirationTime())
                : Instant.MAX;
    }

    /** Returns {@link #clientId()} of a caller with a valid token; empty for every other caller. */
    public Optional<String> authenticatedClientId() {
        return identity.isAnonymous() ? Optional.empty() : Optional.of(clientId());
    }

    public Set<Role> roles() {
        var roles = EnumSet.noneOf(Role.class);
        for (var code : identity.getRoles()) {
            Role.of(code).ifPresent(roles::add);
        }
        return roles;
    }

    public boolean hasRole(Role role) {
        return identity.hasRole(role.code());
    }

    /**
     * Returns the bureau's province; empty for every other caller.
     *
     * @throws Refusal.Forbidden for a bureau whose token names no known province
     */
    public Optional<Province> province() {
        return hasRole(Role.BUREAU) ? Optional.of(requireOwnProvince()) : Optional.empty();
    }

    /**
     * Returns the code of the alliance; empty for every other caller.
     *
     * @throws Refusal.Forbidden for an alliance whose token names no code
     */
    public Optional<String> alliance() {
        return hasRole(Role.ALLIANCE) ? Optional.of(requireOwnAlliance()) : Optional.empty();
    }

    /**
     * Returns the code of the alliance that calls, for what is open to alliances only.
     *
     * @throws Refusal.Forbidden if the caller is no alliance with a code
     */
    public String requireAlliance() {
        requireAuthenticated();
        return alliance().orElseThrow(() -> new Refusal.Forbidden("Only an alliance may do this.", "只有联盟可以执行此操作。"));
    }

    /**
     * Requires that the caller may read what belongs to an alliance: the alliance itself, operators and auditors may.
     *
     * @throws Refusal.NotFound if the caller is another alliance
     * @throws Refusal.Forbidden if the caller reads nothing of alliances at all
     */
    public void requireAllianceReadAccess(String alliance) {
        requireAuthenticated();
        if (hasRole(Role.OPERATOR) || hasRole(Role.AUDITOR)) {
            return;
        }
        if (!hasRole(Role.ALLIANCE)) {
            throw new Refusal.Forbidden("This role may not read this.", "当前角色无权读取此内容。");
        }
        if (!requireOwnAlliance().equals(alliance)) {
            throw new Refusal.NotFound();
        }
    }

    /**
     * Returns the province that the caller writes for.
     *
     * @throws Refusal.Forbidden if the caller is no bureau of a known province
     */
    public Province requireWritableProvince() {
        requireAuthenticated();
        if (!hasRole(Role.BUREAU)) {
            throw new Refusal.Forbidden("Only a provincial bureau writes records.", "只有省级教育行政部门可以写入记录。");
        }
        return requireOwnProvince();
    }

    /**
     * Requires that the caller may write records of this province.
     *
     * @throws Refusal.NotFound if the province is another bureau's
     * @throws Refusal.Forbidden if the caller may write no records at all
     */
    public void requireWriteAccess(Province province) {
        if (!requireWritableProvince().equals(province)) {
            throw new Refusal.NotFound();
        }
    }

    /**
     * Returns the records that the caller may read: of its province for a bureau, all for operators and auditors.
     *
     * @throws Refusal.Forbidden for a caller that reads no records, such as an alliance
     */
    public Scope requireReadScope() {
        requireAuthenticated();
        if (hasRole(Role.OPERATOR) || hasRole(Role.AUDITOR)) {
            return new Scope.NationalScope();
        }
        if (hasRole(Role.BUREAU)) {
            return new Scope.ProvinceScope(requireOwnProvince());
        }
        throw new Refusal.Forbidden("This role may not read this.", "当前角色无权读取此内容。");
    }

    /**
     * Requires that the caller may read records of this province.
     *
     * @throws Refusal.NotFound if the caller may not read this province
     * @throws Refusal.Forbidden if the caller reads no records at all
     */
    public void requireReadAccess(Province province) {
        if (!requireReadScope().covers(province)) {
            throw new Refusal.NotFound();
        }
    }

    /**
     * Returns the rows that the database shows to the caller, whatever a statement asks for; empty for no rows. A
     * privacy officer sees more than {@link #requireReadScope()} allows: personal data and its audit entries in every
     * province.
     */
    Optional<Scope> visibleScope() {
        if (identity.isAnonymous()) {
            return Optional.empty();
        }
        if (hasRole(Role.OPERATOR) || hasRole(Role.AUDITOR) || hasRole(Role.PRIVACY_OFFICER)) {
            return Optional.of(new Scope.NationalScope());
        }
        return province().map(Scope.ProvinceScope::new);
    }

    /** Returns the rows that the database shows to the caller: {@link #visibleScope()}, and those of an alliance. */
    ConnectionScope connectionScope() {
        return identity.isAnonymous() ? ConnectionScope.NOTHING : ConnectionScope.ofCaller(visibleScope(), alliance());
    }

    private String requireOwnAlliance() {
        return claim("alliance")
                .filter(code -> ALLIANCE_CODE.matcher(code).matches())
                .orElseThrow(() -> new Refusal.Forbidden("The token names no alliance.", "令牌未包含有效的联盟代码。"));
    }

    private Province requireOwnProvince() {
        return claim("province")
                .flatMap(Province::find)
                .orElseThrow(() -> new Refusal.Forbidden("The token names no known province.", "令牌未包含有效的省份代码。"));
    }

    private Optional<String> claim(String name) {
        @Nullable Map<String, String> remembered = identity.getAttribute(CLAIMS_ATTRIBUTE);
        Map<String, String> asked = remembered == null ? claims : remembered;
        String known = asked.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (identity.getPrincipal() instanceof JsonWebToken token && token.getClaim(name) instanceof String text) {
            asked.put(name, text);
            return Optional.of(text);
        }
        return Optional.empty();
    }

    private void requireAuthenticated() {
        if (identity.isAnonymous()) {
            throw new Refusal.Unauthenticated(false);
        }
    }
}
