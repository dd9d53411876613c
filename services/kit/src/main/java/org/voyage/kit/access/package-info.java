/**
 * Identity of the caller and the rows that belong to it.
 *
 * <p>A caller is known by a signed token (OpenID Connect, verified by quarkus-oidc). Its province comes from the token
 * only, never from a path, a header or a body. Records of another province are absent: the answer is the same 404 as
 * for a missing record. Every path needs a token unless its resource allows anonymous callers ({@code @PermitAll}).
 *
 * <ul>
 *   <li>{@link org.voyage.kit.access.Caller}: the caller of this request. Call {@code requireWriteAccess(province)}
 *       before a write, {@code requireReadScope()} or {@code requireReadAccess(province)} before a read.
 *       Resources of alliances call {@code requireAlliance()} or {@code requireAllianceReadAccess(alliance)}; everything
 *       else refuses alliances.
 *   <li>{@link org.voyage.kit.access.Scope}: the provinces that a caller may read.
 *   <li>{@link org.voyage.kit.access.DatabaseScope}: the rows that work without a caller sees; none by default. Work
 *       that several callers share sees the provinces of all of them.
 *   <li>{@link org.voyage.kit.access.TrustedIssuerGuard}: a service in production does not start with a token issuer
 *       made for laptops. {@link org.voyage.kit.access.DatabaseGuard}: nor with a database role that bypasses row-level
 *       security.
 * </ul>
 *
 * <p>The database enforces the same rules. A migration calls {@code guard_by_province('table')} for each table with a
 * province. From then on a connection shows and takes rows of the caller's province only, also when a statement has no
 * such condition ({@code RowLevelSecurityInterceptor}). A table with an alliance is guarded likewise by {@code
 * guard_by_alliance('table')} ({@code db/kit/alliance}). The application's role owns nothing; the objects belong to the
 * role that migrates, {@code <service>_owner} ({@code quarkus.flyway.username}).
 *
 * <p>Configuration: {@code quarkus.oidc.auth-server-url} (the issuer; no default). The kit presets application type
 * {@code service}, role claim {@code roles} and audience {@code voyage} in {@code
 * META-INF/microprofile-config.properties}; a service can override each of them.
 */
@NullMarked
package org.voyage.kit.access;

import org.jspecify.annotations.NullMarked;
