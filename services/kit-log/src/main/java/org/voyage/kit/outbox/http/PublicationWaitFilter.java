package org.voyage.kit.outbox.http;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.PreferHeader;
import org.voyage.kit.outbox.OutboxRelay;
import org.voyage.kit.outbox.Receipt;

/**
 * Filter that holds the response to a write back until its events are on Kafka, for a client that prefers that ({@code
 * Prefer: published}). The response then has {@code Preference-Applied}. The header is missing without a receipt, after
 * a timeout of Kafka, and while a key of the topic is blocked. In these cases too the write is stored and its events
 * are published later.
 */
public class PublicationWaitFilter {

    /** A service without an outbox has no relay and returns no receipt. */
    private final Instance<OutboxRelay> relay;

    PublicationWaitFilter(Instance<OutboxRelay> relay) {
        this.relay = relay;
    }

    /** @return null when there is nothing to wait for */
    @ServerResponseFilter
    public @Nullable Uni<Void> filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getHeaderString(PreferHeader.HEADER) == null) {
            return null;
        }
        PreferHeader preferences = PreferHeader.of(request.getHeaders().get(PreferHeader.HEADER));
        String text = response.getHeaderString(Receipt.HEADER);
        Optional<Receipt> receipt = text == null ? Optional.empty() : Receipt.parse(text);
        if (receipt.isEmpty() || !preferences.hasPreference(PreferHeader.PUBLISHED) || relay.isUnsatisfied()) {
            return null;
        }
        return Uni.createFrom()
                .completionStage(relay.get().awaitPublication(receipt.get(), preferences.maxWait()))
                .invoke(published -> {
                    if (published) {
                        response.getHeaders().add(PreferHeader.APPLIED_HEADER, PreferHeader.PUBLISHED);
                    }
                })
                .replaceWithVoid();
    }
}
