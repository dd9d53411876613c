package org.voyage.dashboard;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.voyage.kit.guard.HeaderNames;
import org.voyage.kit.problem.FatalErrorHandler;

/**
 * Interceptor of one request to a service and of its answer: path, address of the person, token.
 *
 * @param prefix path under which clients reach the service
 * @param service address of the service itself, without a slash at its end
 * @param accessToken token of the session; empty for a request that brings its own
 * @param deadline ends with the answer
 */
record ServiceInterceptor(String prefix, URI service, Optional<String> accessToken, AnswerDeadline deadline)
        implements ProxyInterceptor {
    private static final Logger LOG = Logger.getLogger(ServiceInterceptor.class);
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /** Headers of a request that end here: claims of another address, cookies, and an expectation already answered. */
    private static final List<String> DROPPED = List.of(
            "Cookie",
            "Expect",
            "Forwarded",
            FORWARDED_FOR,
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto",
            "X-Forwarded-Server",
            "X-Real-IP");

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        HttpServerRequest incoming = context.request().proxiedRequest();
        MultiMap headers = context.request().headers();
        DROPPED.forEach(headers::remove);
        SocketAddress person = incoming.remoteAddress();
        if (person != null && person.hostAddress() != null) {
            headers.set(FORWARDED_FOR, person.hostAddress());
        }
        headers.set(HeaderNames.REQUEST_ID, incoming.response().headers().get(HeaderNames.REQUEST_ID));
        accessToken.ifPresent(token -> headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + token));
        String query = incoming.query() == null ? "" : "?" + incoming.query();
        context.request().setURI(service.getRawPath() + incoming.path().substring(prefix.length()) + query);
        return context.sendRequest().recover(failure -> Future.succeededFuture(refuse(context, failure)));
    }

    private ProxyResponse refuse(ProxyContext context, Throwable failure) {
        FatalErrorHandler.endWithoutMemory(failure);
        LOG.warnf("%s does not answer: %s", prefix, failure.getMessage());
        HttpServerRequest incoming = context.request().proxiedRequest();
        ProblemAnswer problem = deadline.explainFailure();
        ProxyResponse response = context.request()
                .release()
                .response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemAnswer.MEDIA_TYPE)
                .putHeader("Retry-After", ProblemAnswer.RETRY_AFTER_SECONDS)
                .setBody(Body.body(problem.toBuffer()));
        return incoming.isEnded() ? response : response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        MultiMap headers = context.response().headers();
        rewrite(headers, "Location", this::readdress);
        rewrite(headers, "Link", value -> value.replace("</", "<" + prefix + "/"));
        // Answers come packed or not, as the service decides; an event stream must not wait in a packer.
        MultiMap outgoing = context.request().proxiedRequest().response().headers();
        outgoing.remove(HttpHeaders.CONTENT_ENCODING);
        if (headers.contains(HeaderNames.REQUEST_ID)) {
            outgoing.remove(HeaderNames.REQUEST_ID);
        }
        if (!headers.contains(HttpHeaders.CONTENT_ENCODING)) {
            outgoing.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
        return context.sendResponse().onComplete(_ -> deadline.end());
    }

    /** Returns the address below the prefix for a path and for an address of the service, which browsers do not reach. */
    private String readdress(String location) {
        boolean isPath = location.startsWith("/") && !location.startsWith("//");
        String own = service + "/";
        return isPath
                ? prefix + location
                : location.startsWith(own) ? prefix + "/" + location.substring(own.length()) : location;
    }

    /** Rewrites the paths in a header, which the service gives from its own root. */
    private static void rewrite(MultiMap headers, String name, UnaryOperator<String> rewriting) {
        List<String> values = headers.getAll(name);
        if (!values.isEmpty()) {
            headers.set(name, values.stream().map(rewriting).toList());
        }
    }
}
