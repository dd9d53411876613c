package org.voyage.kit.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.guard.HeaderNames;
import org.voyage.kit.problem.Refusal;

/**
 * Filter that repeats the stored response of a POST with a known key. It is the last filter before the resource, so
 * that a request that another filter refuses has not used its key.
 */
@Provider
@Priority(Priorities.USER + 1000)
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final Logger LOG = Logger.getLogger(IdempotencyFilter.class);
    private static final String RUN_PROPERTY = "voyage.idempotency";
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final List<String> STORED_HEADERS = List.of(
            HttpHeaders.LOCATION,
            HttpHeaders.ETAG,
            HttpHeaders.LINK,
            HttpHeaders.CONTENT_DISPOSITION,
            HeaderNames.RECEIPT);
    /** Refusals that do not depend on the request itself; a repetition may succeed. */
    private static final Set<Integer> TRANSIENT_STATUSES = Set.of(401, 408, 413, 429);

    private final IdempotencyKeyStore store;
    private final KeyLeaseRenewer running;
    private final Caller caller;
    private final ObjectMapper json;

    @Inject
    IdempotencyFilter(IdempotencyKeyStore store, KeyLeaseRenewer running, Caller caller, ObjectMapper json) {
        this.store = store;
        this.running = running;
        this.caller = caller;
        this.json = json;
    }

    /** A running request with a key. */
    private record ClaimedRequest(IdempotencyClaim claim, HashingInputStream body) {}

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        @Nullable String header = request.getHeaderString(HeaderNames.IDEMPOTENCY_KEY);
        if (header == null || !request.getMethod().equals("POST") || !store.enabled()) {
            return;
        }
        var key = IdempotencyKey.of(header);
        Optional<String> client = caller.authenticatedClientId();
        if (client.isEmpty()) {
            return;
        }
        var claim = new IdempotencyClaim(client.get(), key, UUID.randomUUID());
        var target = hashTarget(request);
        if (store.tryClaim(claim, target)) {
            running.addRun(claim.run());
            var body = new HashingInputStream(request.getEntityStream());
            request.setEntityStream(body);
            request.setProperty(RUN_PROPERTY, new ClaimedRequest(claim, body));
            return;
        }
        // The key has been released in the meantime.
        var known = store.findState(claim.client(), key).orElseThrow(() -> new Refusal.KeyInUse(RETRY_AFTER_SECONDS));
        if (!known.target().equals(target)) {
            throw new Refusal.KeyReused();
        }
        request.abortWith(
                switch (known) {
                    case KeyState.RunningKey _ -> throw new Refusal.KeyInUse(RETRY_AFTER_SECONDS);
                    case KeyState.AnsweredKey answered ->
                        replayResponse(answered, HashingInputStream.hashOf(request.getEntityStream()));
                });
    }

    /** Hashes the target, because the path of a refused request may name a person. */
    private static String hashTarget(ContainerRequestContext request) {
        var uri = request.getUriInfo().getRequestUri();
        return HashingInputStream.hexHash(request.getMethod() + " " + uri.getRawPath() + "?"
                + (uri.getRawQuery() == null ? "" : uri.getRawQuery()) + " "
                + request.getHeaderString(HttpHeaders.CONTENT_TYPE));
    }

    private static Response replayResponse(KeyState.AnsweredKey known, byte[] hashingInputStream) {
        if (!MessageDigest.isEqual(known.bodyHash(), hashingInputStream)) {
            throw new Refusal.KeyReused();
        }
        var kept = known.response();
        if (kept.body() == null) {
            throw new Refusal.Conflict(
                    "This request was carried out, but its answer was too long to be kept.", "该请求已执行，但应答过长，未予保留。");
        }
        var answer = Response.status(kept.status()).header(HeaderNames.IDEMPOTENCY_REPLAYED, "true");
        kept.headers().forEach(answer::header);
        return (kept.body().length == 0 ? answer : answer.entity(kept.body())).build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(RUN_PROPERTY) instanceof ClaimedRequest run) {
            request.removeProperty(RUN_PROPERTY);
            try {
                storeResponse(run, response);
            } catch (RuntimeException e) {
                // The request is done; a failure to store its response must not make it a failure.
                LOG.warnf("An answer was not kept for its idempotency key: %s", e.toString());
            } finally {
                running.removeRun(run.claim().run());
            }
        }
    }

    private void storeResponse(ClaimedRequest run, ContainerResponseContext response) {
        int status = response.getStatus();
        Optional<byte[]> hashingInputStream = run.body().completeHash();
        boolean stands = status < 500 && !TRANSIENT_STATUSES.contains(status);
        if (!stands || hashingInputStream.isEmpty() || response.getEntity() instanceof StreamingOutput) {
            store.releaseClaim(run.claim());
            return;
        }
        byte[] body = toBytes(response.getEntity());
        Map<String, String> headers = new LinkedHashMap<>();
        if (response.getEntity() != null) {
            var type = response.getMediaType() == null ? MediaType.APPLICATION_JSON_TYPE : response.getMediaType();
            headers.put(HttpHeaders.CONTENT_TYPE, type.toString());
        }
        for (String name : STORED_HEADERS) {
            @Nullable String value = response.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        store.saveResponse(run.claim(), hashingInputStream.get(), new StoredResponse(status, headers, body));
    }

    private byte[] toBytes(@Nullable Object entity) {
        try {
            return switch (entity) {
                case null -> new byte[0];
                case byte[] bytes -> bytes;
                case String text -> text.getBytes(StandardCharsets.UTF_8);
                case SecretAnswer secret -> json.writeValueAsBytes(secret.withoutSecret());
                default -> json.writeValueAsBytes(entity);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
