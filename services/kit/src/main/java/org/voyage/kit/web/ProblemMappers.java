package org.voyage.kit.web;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns everything that escapes a resource, or is thrown before one is reached, into a problem document. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final RateLimits limits;

    ProblemMappers(RateLimits limits) {
        this.limits = limits;
    }

    @ServerExceptionMapper
    Response refused(Refusal refusal, RoutingContext context) {
        return Problem.response(refusal, RequestId.of(context));
    }

    @ServerExceptionMapper
    Response anonymous(UnauthorizedException e, RoutingContext context) {
        return Problem.response(unauthenticated(context), RequestId.of(context));
    }

    @ServerExceptionMapper
    Response badToken(AuthenticationFailedException e, RoutingContext context) {
        var cause = Failures.refusal(e);
        return Problem.response(
                cause instanceof Refusal.Unavailable || e.getCause() instanceof OIDCException
                        ? new Refusal.Unavailable(5)
                        : unauthenticated(context),
                RequestId.of(context));
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, RoutingContext context) {
        return Problem.response(
                new Refusal.Forbidden("This role may not do that.", "当前角色无权执行此操作。"), RequestId.of(context));
    }

    @ServerExceptionMapper
    Response issuerAway(OIDCException e, RoutingContext context) {
        LOG.warnf("The token issuer cannot be reached: %s", e.getMessage());
        return Problem.response(new Refusal.Unavailable(5), RequestId.of(context));
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e, RoutingContext context) {
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        var refusal = switch (status) {
            case 401 -> unauthenticated(context);
            case 403 -> new Refusal.Forbidden("This role may not do that.", "当前角色无权执行此操作。");
            case 404 -> new Refusal.NotFound();
            case 405 ->
                new Refusal.MethodNotAllowed(AllowedMethods.of(context.request().path()));
            case 406 -> new Refusal.NotAcceptable();
            case 413 -> new Refusal.TooLarge(context.request().bytesRead());
            case 415 -> unsupported(context);
            default ->
                status < 500
                        ? new Refusal.Malformed("The request cannot be understood.", "请求无法理解。")
                        : Failures.refusal(e);
        };
        logOurs(refusal, e);
        return Problem.response(refusal, RequestId.of(context));
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e, RoutingContext context) {
        var refusal = Failures.refusal(e);
        if (Failures.callerGone(e)) {
            LOG.debug("The caller went away", e);
        } else {
            logOurs(refusal, e);
        }
        return Problem.response(refusal, RequestId.of(context));
    }

    private static Refusal unsupported(RoutingContext context) {
        var taken = AllowedMethods.taken(
                context.request().method().name(), context.request().path());
        return new Refusal.UnsupportedMediaType(
                "This path does not take the body's media type"
                        + (taken.isEmpty() ? "." : "; it takes " + String.join(", ", taken) + "."),
                "该路径不接受此媒体类型" + (taken.isEmpty() ? "。" : "；可接受 " + String.join("、", taken) + "。"));
    }

    private static void logOurs(Refusal refusal, Throwable e) {
        switch (refusal) {
            case Refusal.Internal _ -> LOG.error("A request failed", e);
            case Refusal.Unavailable _ -> LOG.warnf("A backend cannot be reached: %s", e.toString());
            // The database had to refuse what a check before it should have: worth a line, not an alarm.
            case Refusal.Malformed _
            when !(e instanceof WebApplicationException) ->
                LOG.warn("A value reached the database that it cannot store", e);
            default -> {}
        }
    }

    /** Who tries tokens is counted as a stranger; who sent none was counted before. */
    private Refusal unauthenticated(RoutingContext context) {
        boolean tokenSent = tokenSent(context);
        var refusal = new Refusal.Unauthenticated(tokenSent);
        return tokenSent ? limits.stranger(context).orElse(refusal) : refusal;
    }

    private static boolean tokenSent(RoutingContext context) {
        return context.request().getHeader(HttpHeaders.AUTHORIZATION) != null;
    }
}
