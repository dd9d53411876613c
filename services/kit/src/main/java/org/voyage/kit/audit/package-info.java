/**
 * The audit trail: who did what, when, from where, under which request id, for every change, refusal and read of
 * personal data. It is append-only, in the database too, and chained: whoever changes, deletes, inserts or moves a
 * sealed entry is found.
 *
 * <ul>
 *   <li>{@link org.voyage.kit.audit.AuditTrail}: {@code append} in the transaction of a change, {@code note} in one of its own
 *       for a refusal or a read. An {@link org.voyage.kit.audit.AuditEntry} says what was done; who, when and from where
 *       is added. It never holds personal data.
 *   <li>{@link org.voyage.kit.audit.RefusedWriteAuditFilter}: every write that is refused leaves an entry, or is answered 503.
 *   <li>{@link org.voyage.kit.audit.AuditSealer}: writers insert and never wait for each other; once no earlier entry can
 *       appear any more, entries are chained: {@code hash = SHA-256(hash before || canonical bytes)}.
 *   <li>{@link org.voyage.kit.audit.AuditResource}: reading the trail, and recomputing its chain.
 * </ul>
 *
 * <p>Who can rewrite the whole database can also rewrite the whole chain. Against that the newest hash is told outside
 * once an hour, in the log and as metric {@code voyage_audit_head}: {@code GET /v1/audit/verification?known=} says whether the
 * chain still goes through a hash that was kept elsewhere.
 *
 * <p>The address of the caller is that of the connection; {@code X-Forwarded-For} counts only where
 * {@code quarkus.http.proxy.proxy-address-forwarding} is on (then also set {@code quarkus.http.proxy.trusted-proxies}).
 * A service that takes no writes turns everything here off with the build property {@code voyage.audit.enabled=false}; one
 * that has no records has the tables from {@code db/kit/audit} alone.
 */
@NullMarked
package org.voyage.kit.audit;

import org.jspecify.annotations.NullMarked;
