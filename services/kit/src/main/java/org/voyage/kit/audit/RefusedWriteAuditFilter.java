package org.voyage.kit.audit;

import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.guard.RequestId;
import org.voyage.kit.http.ProblemResponses;
import org.voyage.kit.problem.EarlyRefusal;
import org.voyage.kit.problem.Problem;
import org.voyage.kit.problem.ProblemType;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.quota.StorageQuota;

/**
 * Filter that appends an audit entry for every refused write before the caller gets the answer. If the entry cannot be
 * written, the answer is 503, because a trail that loses entries would be worse than a slow refusal. Too many requests
 * (429) have no entry: a flood would fill the trail. So a province that has stored enough for today gets 429 instead.
 */
@ApplicationScoped
public class RefusedWriteAuditFilter {
    private static final Logger LOG = Logger.getLogger(RefusedWriteAuditFilter.class);
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String AUDIT_FAILED_MESSAGE = "A refusal is answered 503, because it cannot be audited: %s";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int RETRY_AFTER_SECONDS = 5;

    /** Runs before every other response filter, so that the others see a 503 of this filter. */
    private static final int FILTER_PRIORITY = Priorities.USER + 1_000;

    private final AuditTrail audit;
    private final StorageQuota storage;
    private final CurrentVertxRequest current;
    private final HttpAuthenticator authenticator;
    private final IdentityProviderManager identities;
    private final Instance<RefusalListener> counts;

    RefusedWriteAuditFilter(
            AuditTrail audit,
            StorageQuota storage,
            CurrentVertxRequest current,
            HttpAuthenticator authenticator,
            IdentityProviderManager identities,
            @Any Instance<RefusalListener> counts) {
        this.audit = audit;
        this.storage = storage;
        this.current = current;
        this.authenticator = authenticator;
        this.identities = identities;
        this.counts = counts;
    }

    @ServerResponseFilter(priority = FILTER_PRIORITY)
    public Uni<Void> auditRefusal(
            ContainerRequestContext request, ContainerResponseContext response, @Nullable ResourceInfo resource) {
        int status = response.getStatus();
        if (SAFE_METHODS.contains(request.getMethod())
                || status < 400
                || status >= 500
                || status == TOO_MANY_REQUESTS) {
            return Uni.createFrom().voidItem();
        }
        RoutingContext context = current.getCurrent();
        RefusedWrite write = RefusedWrite.of(request, response, resource);
        if (BlockingOperationControl.isBlockingAllowed()) {
            auditOrFail(context, write, response);
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> auditOrFail(context, write, response));
    }

    void auditEarlyRefusal(@Observes EarlyRefusal early) {
        String method = early.request().request().method().name();
        if (!SAFE_METHODS.contains(method)) {
            try {
                auditWrite(early.request(), RefusedWrite.fromEarlyRefusal(method, early.refusal()));
            } catch (Refusal.QuotaExceeded e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warnf(AUDIT_FAILED_MESSAGE, e.toString());
                throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
            }
        }
    }

    private void auditOrFail(RoutingContext context, RefusedWrite write, ContainerResponseContext response) {
        try {
            auditWrite(context, write);
        } catch (Refusal.QuotaExceeded e) {
            replaceResponse(context, response, e);
        } catch (RuntimeException e) {
            LOG.warnf(AUDIT_FAILED_MESSAGE, e.toString());
            replaceResponse(context, response, new Refusal.Unavailable(RETRY_AFTER_SECONDS));
        }
    }

    private static void replaceResponse(RoutingContext context, ContainerResponseContext response, Refusal refusal) {
        Response instead = ProblemResponses.toResponse(refusal, RequestId.of(context));
        response.setStatus(ProblemType.of(refusal).status());
        response.setEntity(instead.getEntity(), new Annotation[0], MediaType.valueOf(Problem.MEDIA_TYPE));
        response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, instead.getHeaderString(HttpHeaders.RETRY_AFTER));
    }

    private void auditWrite(RoutingContext context, RefusedWrite write) {
        AuditOrigin origin = originOf(context);
        if (origin.province() != null) {
            storage.requireRoom(origin.province());
        }
        audit.appendInOwnTransaction(
                write.toAuditEntry(origin.province()),
                origin,
                trip -> countRefusal(context, write, origin.province(), trip));
    }

    private void countRefusal(
            RoutingContext context, RefusedWrite write, @Nullable Province owner, StatementPipeline trip) {
        if (owner != null && write.record() != null && write.isAtFault(owner)) {
            counts.forEach(count ->
                    count.countRefusal(write.record(), owner, context.get(AuditTrail.REPORTING_YEAR_ATTRIBUTE), trip));
        }
    }

    /** Resolves the identity of a caller that was refused before routing, when its token was not verified yet. */
    private Uni<SecurityIdentity> resolveIdentity(RoutingContext context) {
        return context.get(HttpAuthenticator.class.getName()) == null
                ? authenticator.attemptAuthentication(context)
                : QuarkusHttpUser.getSecurityIdentity(context, identities);
    }

    /** Returns the sender of the token, as far as the token is valid. */
    private AuditOrigin originOf(RoutingContext context) {
        Optional<SecurityIdentity> identity;
        try {
            identity = Optional.ofNullable(resolveIdentity(context).await().atMost(AuditTrail.ENTRY_TIMEOUT));
        } catch (RuntimeException e) {
            LOG.debugf("The token of a refused write does not hold: %s", e.toString());
            identity = Optional.empty();
        }
        return identity.filter(known -> !known.isAnonymous())
                .map(known -> AuditOrigin.of(Caller.of(known), context))
                .orElseGet(() -> AuditOrigin.anonymous(context));
    }
}
