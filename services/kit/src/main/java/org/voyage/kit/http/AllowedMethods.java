package org.voyage.kit.http;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/**
 * Finder of the methods of a path and of the media types that they take. A 405 must name the methods (RFC 9110,
 * 15.5.6), and a 415 is no help without the media types. Quarkus REST reports neither, so this class queries its
 * routing for each method.
 */
final class AllowedMethods {
    private AllowedMethods() {}

    static String methodsAllowedFor(String path) {
        var methods = new TreeSet<String>();
        findResources(path, (method, resource) -> methods.add(method));
        return String.join(", ", methods);
    }

    /** Returns the media types that the method takes at the path; empty if it takes any. */
    static List<String> acceptedTypes(String wanted, String path) {
        var types = new TreeSet<String>();
        findResources(path, (method, resource) -> {
            if (method.equals(wanted) && resource.getConsumes() != null) {
                resource.getConsumes().forEach(type -> types.add(type.getType() + "/" + type.getSubtype()));
            }
        });
        return List.copyOf(types);
    }

    private static void findResources(String path, BiConsumer<String, RuntimeResource> found) {
        var classes = new RequestMapper<>(
                ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers());
        for (var match = classes.map(path); match != null; match = classes.continueMatching(path, match)) {
            var rest = match.remaining.isEmpty() ? "/" : match.remaining;
            for (var handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler routing) {
                    routing.getMappers().forEach((method, mapper) -> {
                        var resource = method == null ? null : mapper.map(rest);
                        if (resource != null) {
                            found.accept(method, resource.value);
                        }
                    });
                }
            }
        }
    }
}
