package org.voyage.kit.http;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.guard.AnonymousRateLimits;
import org.voyage.kit.problem.Refusal;

/**
 * Filter that lets a request begin when {@link CostLimits} has a place for it. It runs on the network thread before the
 * request gets a worker thread, so that requests that wait hold none.
 */
@ApplicationScoped
public class CostFilter {
    /** A longer page is a large request. */
    static final int SMALL_PAGE_ROWS = 200;

    private static final String LIMIT_PARAMETER = "limit";
    private static final int MAX_LIMIT_DIGITS = 9;

    private final CostLimits limits;
    private final ReadBandwidthLimits answers;
    private final AnonymousRateLimits rates;
    private final IdentityProviderManager identities;
    private final Map<ResourceOperation, RequestCost> known = new ConcurrentHashMap<>();

    /** An operation of a resource, whose method may be declared by a shared interface. */
    private record ResourceOperation(Class<?> resource, Method method) {}

    CostFilter(
            CostLimits limits,
            ReadBandwidthLimits answers,
            AnonymousRateLimits rates,
            IdentityProviderManager identities) {
        this.limits = limits;
        this.answers = answers;
        this.rates = rates;
        this.identities = identities;
    }

    /** Whether a token is valid shows only later. */
    void register(@Observes Filters filters) {
        rates.exceptCounted(CostFilter::hasToken);
    }

    private static boolean hasToken(RoutingContext routing) {
        return routing.request().headers().contains(HttpHeaders.AUTHORIZATION);
    }

    /** @return null when the request need not wait */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION - 100, nonBlocking = true)
    public @Nullable Uni<Void> admitRequest(
            ContainerRequestContext request, ResourceInfo resource, RoutingContext routing) {
        var cost = costOf(resource, request);
        boolean headerSent = hasToken(routing);
        if (routing.user() instanceof QuarkusHttpUser user) {
            var caller = callerOf(user.getSecurityIdentity(), routing);
            return headerSent && caller.isAnonymous()
                    ? countAnonymous(routing, caller, cost)
                    : admitCaller(routing, caller, cost);
        }
        if (!headerSent) {
            return admitCaller(routing, anonymousCaller(routing), cost);
        }
        // The resource takes callers without a token, too: nothing has asked for the identity yet.
        return QuarkusHttpUser.getSecurityIdentity(routing, identities)
                .map(identity -> callerOf(identity, routing))
                .onFailure()
                .recoverWithItem(() -> anonymousCaller(routing))
                .chain(caller -> caller.isAnonymous()
                        ? countAnonymous(routing, caller, cost)
                        : orNothing(admitCaller(routing, caller, cost)));
    }

    /** An anonymous request that sent a header was not counted before. */
    private Uni<Void> countAnonymous(RoutingContext routing, CostCaller caller, RequestCost cost) {
        return rates.countAnonymous(routing).chain(() -> orNothing(admitCaller(routing, caller, cost)));
    }

    private static Uni<Void> orNothing(@Nullable Uni<Void> place) {
        return place == null ? Uni.createFrom().voidItem() : place;
    }

    private @Nullable Uni<Void> admitCaller(RoutingContext routing, CostCaller caller, RequestCost cost) {
        var place = limits.requestPlace(routing, caller, cost);
        var turn = cost == RequestCost.SMALL && routing.request().method() == HttpMethod.GET
                ? answers.requestTurn(routing, caller)
                : null;
        var decision = place == null || turn == null
                ? Optional.ofNullable(place).orElse(turn)
                : place.thenCombine(turn, (first, second) -> first.or(() -> second));
        return decision == null
                ? null
                : Uni.createFrom()
                        .completionStage(decision)
                        .invoke(refused -> refused.ifPresent(refusal -> {
                            throw refusal;
                        }))
                        .replaceWithVoid();
    }

    private static CostCaller callerOf(@Nullable SecurityIdentity identity, RoutingContext routing) {
        if (identity == null || identity.isAnonymous()) {
            return anonymousCaller(routing);
        }
        var caller = Caller.of(identity);
        String client;
        try {
            client = caller.clientId();
        } catch (Refusal withoutSubject) {
            return anonymousCaller(routing);
        }
        String kind = caller.roles().stream().map(Role::code).findFirst().orElse(null);
        try {
            return new CostCaller(client, caller.province().map(Province::code).orElse(null), kind);
        } catch (Refusal withoutProvince) {
            return new CostCaller(client, null, kind);
        }
    }

    private static CostCaller anonymousCaller(RoutingContext routing) {
        return CostCaller.ofAddress(AnonymousRateLimits.networkOf(routing));
    }

    private RequestCost costOf(ResourceInfo resource, ContainerRequestContext request) {
        @Nullable Method method = resource.getResourceMethod();
        var declared = method == null
                ? RequestCost.SMALL
                : known.computeIfAbsent(
                        new ResourceOperation(resource.getResourceClass(), method), CostFilter::findCategory);
        return declared == RequestCost.SMALL
                        && isLongPage(request.getUriInfo().getQueryParameters().getFirst(LIMIT_PARAMETER))
                ? RequestCost.LARGE
                : declared;
    }

    private static RequestCost findCategory(ResourceOperation operation) {
        @Nullable CostCategory own = operation.method().getAnnotation(CostCategory.class);
        @Nullable
        CostCategory category = own != null ? own : operation.resource().getAnnotation(CostCategory.class);
        return category == null ? RequestCost.SMALL : category.value();
    }

    /** Returns whether a page is longer than {@value #SMALL_PAGE_ROWS}; the resource refuses a limit that is none. */
    static boolean isLongPage(@Nullable String limit) {
        if (limit == null || limit.isEmpty() || limit.length() > MAX_LIMIT_DIGITS) {
            return false;
        }
        return limit.chars().allMatch(Character::isDigit) && Integer.parseInt(limit) > SMALL_PAGE_ROWS;
    }
}
