package org.voyage.kit.http;

import jakarta.ws.rs.core.Response;
import org.voyage.kit.problem.Problem;
import org.voyage.kit.problem.Refusal;

/** Factory of the JAX-RS responses to refused requests. */
public final class ProblemResponses {
    private ProblemResponses() {}

    /** Returns the whole response to a refused request. */
    public static Response toResponse(Refusal refusal, String requestId) {
        var problem = Problem.of(refusal, requestId);
        // As text, so that no content negotiation can get between a refusal and its reader.
        var response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.toJson());
        Problem.headersOf(refusal).forEach(response::header);
        return response.build();
    }
}
