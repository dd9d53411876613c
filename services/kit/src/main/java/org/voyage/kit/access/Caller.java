package org.voyage.kit.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/** The caller of the request that is being answered, known from its token alone. */
@RequestScoped
public class Caller {
    /** An attribute of a remembered identity: what its token said when it was asked before, for all of its requests. */
    static final String CLAIMS_ATTRIBUTE = "voyage-claims";

    private final SecurityIdentity identity;
    /** The same of this request; asking costs an exception where a claim is not a registered one. */
    private final Map<String, String> claims = new ConcurrentHashMap<>();

    @Inject
    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The same questions to an identity that was found out by other ways than a request's. */
    public static Caller of(SecurityIdentity identity) {
        return new Caller(identity);
    }

    /** The client that the token was given to, for instance {@code bureau-12}. */
    public String clientId() {
        requireAuthenticated();
        var subject = claim("sub");
        return subject.orElseGet(() -> identity.getPrincipal().getName());
    }

    /** {@link #clientId()} of whoever has a token that holds; empty for everybody else. */
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
     * The bureau's province; empty for everybody else.
     *
     * @throws Refusal.Forbidden for a bureau whose token names no known province
     */
    public Optional<Province> province() {
        return hasRole(Role.BUREAU) ? Optional.of(requireOwnProvince()) : Optional.empty();
    }

    /**
     * The province that the caller writes for.
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
     * Makes sure that the caller may write records of this province.
     *
     * @throws Refusal.NotFound if it is another's
     * @throws Refusal.Forbidden if the caller writes nothing at all
     */
    public void requireWriteAccess(Province province) {
        if (!requireWritableProvince().equals(province)) {
            throw new Refusal.NotFound();
        }
    }

    /**
     * What the caller sees: a bureau its province, operators and auditors everything.
     *
     * @throws Refusal.Forbidden for whoever reads no records, such as an alliance
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
     * Makes sure that the caller may see records of this province.
     *
     * @throws Refusal.NotFound if it may not
     * @throws Refusal.Forbidden if the caller reads no records at all
     */
    public void requireReadAccess(Province province) {
        if (!requireReadScope().covers(province)) {
            throw new Refusal.NotFound();
        }
    }

    /**
     * The rows that the database shows to the caller, whatever a statement asks for; empty for nothing. Wider than what
     * the caller may read: a privacy officer reads no records, but personal data and what was done to it everywhere.
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
