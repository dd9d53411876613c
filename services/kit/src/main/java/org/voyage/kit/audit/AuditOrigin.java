package org.voyage.kit.audit;

import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.guard.RequestId;
import org.voyage.kit.problem.Refusal;

/**
 * Origin of an audit entry: the actor and its address.
 *
 * @param roles their codes, in order, separated by commas
 * @param province of a bureau
 */
public record AuditOrigin(
        String actor,
        String roles,
        @Nullable Province province,
        @Nullable String address,
        String requestId) {

    static AuditOrigin of(Caller caller, RoutingContext request) {
        return new AuditOrigin(
                caller.clientId(),
                caller.roles().stream().map(Role::code).sorted().collect(Collectors.joining(",")),
                province(caller),
                address(request),
                RequestId.of(request));
    }

    static AuditOrigin anonymous(RoutingContext request) {
        return new AuditOrigin("anonymous", "", null, address(request), RequestId.of(request));
    }

    static AuditOrigin of(AuditEntry.BackgroundActor background) {
        return new AuditOrigin(background.actor(), "", null, null, background.requestId());
    }

    /** Returns null also for a bureau whose token names no province; the service refuses such a bureau. */
    private static @Nullable Province province(Caller caller) {
        try {
            return caller.province().orElse(null);
        } catch (Refusal.Forbidden e) {
            return null;
        }
    }

    /**
     * Returns the address of the connection. Quarkus replaces it by the address behind a proxy only for proxies that it
     * trusts.
     */
    private static @Nullable String address(RoutingContext request) {
        return Optional.ofNullable(request.request().remoteAddress())
                .map(SocketAddress::hostAddress)
                .orElse(null);
    }
}
