package org.voyage.kit.http;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.privacy.RepeatedInputValues;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Filter that refuses a query parameter that the resource method does not name, and a repeated single parameter. A
 * filter parameter that is ignored because of a typing error would lead to wrong figures.
 */
@Provider
public class QueryGuard implements ContainerRequestFilter {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,39}");

    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    @Context
    @SuppressWarnings("NullAway.Init")
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable Method method = resource.getResourceMethod();
        var query = request.getUriInfo().getQueryParameters();
        if (method == null || query.isEmpty()) {
            return;
        }
        var names = known.computeIfAbsent(method, QueryGuard::parameterNames);
        if (names.containsKey("*")) {
            return;
        }
        query.forEach((name, values) -> {
            var several = names.get(name);
            if (several == null) {
                var nearest = DidYouMean.findNearest(name, names.keySet());
                throw new Refusal.Malformed(Finding.query(
                        showName(name),
                        "unknown-parameter",
                        "There is no such query parameter." + DidYouMean.hint(nearest),
                        "没有此查询参数。" + DidYouMean.hintZh(nearest)));
            }
            if (values.contains("")) {
                throw new Refusal.Malformed(
                        Finding.query(name, "empty-parameter", "This query parameter has no value.", "查询参数没有值。"));
            }
            if (!several && values.size() > 1) {
                throw new Refusal.Malformed(Finding.query(
                        name, "repeated-parameter", "This query parameter stands here twice.", "查询参数重复。"));
            }
        });
    }

    /** Returns the name if it is written as names of parameters are; anything else may be a value, and of a person. */
    private static String showName(String name) {
        return NAME.matcher(name).matches() ? TextFormat.shortenText(name) : RepeatedInputValues.REDACTED;
    }

    /** Returns the name of each query parameter, and whether it may be repeated. */
    private static Map<String, Boolean> parameterNames(Method method) {
        var names = new TreeMap<String, Boolean>();
        for (Parameter parameter : method.getParameters()) {
            var query = parameter.getAnnotation(QueryParam.class);
            var rest = parameter.getAnnotation(RestQuery.class);
            var several = Collection.class.isAssignableFrom(parameter.getType());
            if (query != null) {
                names.put(query.value(), several);
            } else if (rest != null) {
                names.put(rest.value().isEmpty() ? parameter.getName() : rest.value(), several);
            } else if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (var field : parameter.getType().getDeclaredFields()) {
                    var inner = field.getAnnotation(QueryParam.class);
                    if (inner != null) {
                        names.put(inner.value(), Collection.class.isAssignableFrom(field.getType()));
                    }
                }
            }
        }
        var also = method.getAnnotation(ExtraQueryParameters.class);
        if (also != null) {
            for (var name : also.value()) {
                names.put(name, true);
            }
        }
        return Map.copyOf(names);
    }
}
