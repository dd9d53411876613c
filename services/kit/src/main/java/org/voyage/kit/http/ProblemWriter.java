package org.voyage.kit.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.voyage.kit.problem.Problem;
import org.voyage.kit.problem.Refusal;

/** Writer of problem responses outside of JAX-RS. */
final class ProblemWriter {
    private ProblemWriter() {}

    static void sendProblem(RoutingContext context, Refusal refusal) {
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
