package org.voyage.kit.guard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.voyage.kit.problem.Problem;
import org.voyage.kit.problem.Refusal;

/** Writer of problem responses outside of JAX-RS. */
public final class ProblemWriter {
    private ProblemWriter() {}

    /** Sends the problem document of a refusal, unless an answer has begun. */
    public static void sendProblem(RoutingContext context, Refusal refusal) {
        var response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        var problem = Problem.of(refusal, RequestId.of(context));
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        Problem.headersOf(refusal).forEach(response::putHeader);
        response.end(problem.toJson());
    }
}
