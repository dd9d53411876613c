/**
 * Who is asking, and what is theirs.
 *
 * <p>A caller is known by a signed token (OpenID Connect, verified by quarkus-oidc). Its province comes from the token
 * only, never from a path, a header or a body. What belongs to another province is absent: the answer is the same 404 as
 * for what does not exist. Every path needs a token unless it says otherwise ({@code @PermitAll}).
 *
 * <ul>
 *   <li>{@link org.voyage.kit.access.Caller}: the caller of this request. {@code writes(province)} before a write,
 *       {@code reads()} or {@code reads(province)} before a read.
 *   <li>{@link org.voyage.kit.access.Scope}: the provinces that a caller sees.
 *   <li>{@link org.voyage.kit.access.DatabaseScope}: what work without a caller sees of the database; nothing unless it says so.
 *       Work that several callers share sees the provinces of all of them.
 *   <li>{@link org.voyage.kit.access.TrustedIssuerGuard}: a service in production does not start on an issuer made for
 *       laptops; {@link org.voyage.kit.access.DatabaseGuard}: nor with a database role that could go past all this.
 * </ul>
 *
 * <p>The database holds to the same: a migration calls {@code guard_by_province('table')} for each of its tables with a
 * province, and from then on a connection shows and takes rows of the caller's province only, also when a statement
 * forgets to ask for it ({@code ScopeOnConnection}). The application's role owns nothing; the objects belong to the role
 * that migrates, {@code <service>_owner} ({@code quarkus.flyway.username}).
 *
 * <p>Configuration: {@code quarkus.oidc.auth-server-url} (the issuer; no default). The kit presets application type
 * {@code service}, role claim {@code roles} and audience {@code voyage} in
 * {@code META-INF/microprofile-config.properties}; each can be set anew as usual.
 */
@NullMarked
package org.voyage.kit.access;

import org.jspecify.annotations.NullMarked;
