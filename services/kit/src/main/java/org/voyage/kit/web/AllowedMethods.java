package org.voyage.kit.web;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;

/**
 * The methods that a path knows. A 405 must name them (RFC 9110, 15.5.6), and Quarkus REST does not tell: so its own
 * routing is asked once more, method by method.
 */
final class AllowedMethods {
    private AllowedMethods() {}

    static String of(String path) {
        var classes = new RequestMapper<>(
                ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers());
        var methods = new TreeSet<String>();
        for (var match = classes.map(path); match != null; match = classes.continueMatching(path, match)) {
            var rest = match.remaining.isEmpty() ? "/" : match.remaining;
            for (var handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler routing) {
                    routing.getMappers().forEach((method, mapper) -> {
                        if (method != null && mapper.map(rest) != null) {
                            methods.add(method);
                        }
                    });
                }
            }
        }
        return String.join(", ", methods);
    }
}
