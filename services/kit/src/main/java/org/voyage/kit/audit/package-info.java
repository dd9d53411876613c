/**
 * The audit trail: actor, action, time, address and request id of every change, refusal and read of personal data. The
 * trail is append-only, in the database too. Its chain reveals a change, deletion, insertion or move of a sealed entry.
 *
 * <ul>
 *   <li>{@link org.voyage.kit.audit.AuditTrail}: {@code appendEntries} in the transaction of a change, {@code
 *       appendInOwnTransaction} for a refusal or a read. An {@link org.voyage.kit.audit.AuditEntry} names the action;
 *       the trail adds actor, time and address. It never holds personal data.
 *   <li>{@link org.voyage.kit.audit.RefusedWriteAuditFilter}: every refused write leaves an entry, or is answered 503.
 *   <li>{@link org.voyage.kit.audit.AuditSealer}: writers insert and never wait for each other. Once no earlier entry
 *       can appear any more, the sealer chains the entries: {@code hash = SHA-256(hash before || canonical bytes)}.
 *   <li>{@link org.voyage.kit.audit.AuditResource}: reads the trail and recomputes its chain.
 * </ul>
 *
 * <p>An attacker who can rewrite the whole database can also rewrite the whole chain. Against that the service
 * publishes the newest hash once an hour, in the log and as metric {@code voyage_audit_head}. {@code GET
 * /v1/audit/verification?known=} checks that the chain still contains a hash that was kept elsewhere.
 *
 * <p>The address of the caller is that of the connection. {@code X-Forwarded-For} counts only with {@code
 * quarkus.http.proxy.proxy-address-forwarding} (then also set {@code quarkus.http.proxy.trusted-proxies}). A service
 * without records has only the tables from {@code db/kit/audit}.
 */
@NullMarked
package org.voyage.kit.audit;

import org.jspecify.annotations.NullMarked;
