package org.voyage.kit.http;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.voyage.kit.failure.FailureClassifier;
import org.voyage.kit.failure.FailureLog;
import org.voyage.kit.guard.AnonymousRateLimits;
import org.voyage.kit.guard.RequestId;
import org.voyage.kit.problem.Refusal;

/**
 * Exception mappers that turn every exception of a request into a problem document, also one thrown before a resource
 * is reached.
 */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final AnonymousRateLimits limits;
    private final FailureLog failures = new FailureLog();

    ProblemMappers(AnonymousRateLimits limits) {
        this.limits = limits;
    }

    @ServerExceptionMapper
    Response mapRefusal(Refusal refusal, RoutingContext context) {
        return ProblemResponses.toResponse(refusal, RequestId.of(context));
    }

    @ServerExceptionMapper
    Uni<Response> mapUnauthorized(UnauthorizedException e, RoutingContext context) {
        return toUnauthenticated(context).map(refusal -> ProblemResponses.toResponse(refusal, RequestId.of(context)));
    }

    @ServerExceptionMapper
    Uni<Response> mapFailedAuthentication(AuthenticationFailedException e, RoutingContext context) {
        var cause = FailureClassifier.toRefusal(e);
        var refusal = cause instanceof Refusal.Unavailable || e.getCause() instanceof OIDCException
                ? Uni.createFrom().<Refusal>item(new Refusal.Unavailable(5))
                : toUnauthenticated(context);
        return refusal.map(told -> ProblemResponses.toResponse(told, RequestId.of(context)));
    }

    @ServerExceptionMapper
    Response mapForbidden(ForbiddenException e, RoutingContext context) {
        return ProblemResponses.toResponse(
                new Refusal.Forbidden("This role may not do that.", "当前角色无权执行此操作。"), RequestId.of(context));
    }

    @ServerExceptionMapper
    Response mapIssuerFailure(OIDCException e, RoutingContext context) {
        LOG.warnf("The token issuer cannot be reached: %s", e.getMessage());
        return ProblemResponses.toResponse(new Refusal.Unavailable(5), RequestId.of(context));
    }

    @ServerExceptionMapper
    Response mapHttpFailure(WebApplicationException e, RoutingContext context) {
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        var refusal = switch (status) {
            case 401 -> new Refusal.Unauthenticated(hasToken(context));
            case 403 -> new Refusal.Forbidden("This role may not do that.", "当前角色无权执行此操作。");
            case 404 -> new Refusal.NotFound();
            case 405 ->
                new Refusal.MethodNotAllowed(
                        AllowedMethods.methodsAllowedFor(context.request().path()));
            case 406 -> new Refusal.NotAcceptable();
            case 413 -> new Refusal.TooLarge(context.request().bytesRead());
            case 415 -> unsupportedMediaType(context);
            default ->
                status < 500
                        ? new Refusal.Malformed("The request cannot be understood.", "请求无法理解。")
                        : FailureClassifier.toRefusal(e);
        };
        logServerFault(refusal, e, context);
        return ProblemResponses.toResponse(refusal, RequestId.of(context));
    }

    @ServerExceptionMapper
    Response mapUnexpectedFailure(Throwable e, RoutingContext context) {
        var refusal = FailureClassifier.toRefusal(e);
        if (FailureClassifier.isCallerGone(e)) {
            LOG.debug("The caller went away", e);
        } else {
            logServerFault(refusal, e, context);
        }
        return ProblemResponses.toResponse(refusal, RequestId.of(context));
    }

    private static Refusal unsupportedMediaType(RoutingContext context) {
        var taken = AllowedMethods.acceptedTypes(
                context.request().method().name(), context.request().path());
        return new Refusal.UnsupportedMediaType(
                "This path does not take the body's media type"
                        + (taken.isEmpty() ? "." : "; it takes " + String.join(", ", taken) + "."),
                "该路径不接受此媒体类型" + (taken.isEmpty() ? "。" : "；可接受 " + String.join("、", taken) + "。"));
    }

    private void logServerFault(Refusal refusal, Throwable e, RoutingContext context) {
        switch (refusal) {
            case Refusal.Internal _ -> failures.logUnexpected(e, RequestId.of(context));
            case Refusal.Unavailable _ -> LOG.warnf("A backend cannot be reached: %s", e.toString());
            // The database refused a value that an earlier check should have refused: worth a line, not an alarm.
            case Refusal.Malformed _
            when !(e instanceof WebApplicationException) -> failures.logUnstorableValue(e, RequestId.of(context));
            default -> {}
        }
    }

    /** Counts an invalid token as an anonymous request. A request without a token was counted before. */
    private Uni<Refusal> toUnauthenticated(RoutingContext context) {
        boolean tokenSent = hasToken(context);
        var refusal = new Refusal.Unauthenticated(tokenSent);
        return tokenSent
                ? limits.refuseToken(context, refusal)
                : Uni.createFrom().item(refusal);
    }

    private static boolean hasToken(RoutingContext context) {
        return context.request().getHeader(HttpHeaders.AUTHORIZATION) != null;
    }
}
