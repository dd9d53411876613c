package org.voyage.kit.audit;

import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.http.RequestId;
import org.voyage.kit.problem.Refusal;

/**
 * Who is behind an entry, and from where.
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

    /** Null also for a bureau whose token names no province: that is why it is refused. */
    private static @Nullable Province province(Caller caller) {
        try {
            return caller.province().orElse(null);
        } catch (Refusal.Forbidden e) {
            return null;
        }
    }

    /** The other end of the connection; who is behind a proxy only as far as Quarkus is told to trust it. */
    private static @Nullable String address(RoutingContext request) {
        return Optional.ofNullable(request.request().remoteAddress())
                .map(SocketAddress::hostAddress)
                .orElse(null);
    }
}
