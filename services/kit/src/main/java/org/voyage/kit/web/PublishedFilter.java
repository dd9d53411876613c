package org.voyage.kit.web;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.outbox.OutboxRelay;
import org.voyage.kit.outbox.Receipt;

/**
 * Holds the answer to a write back until its events are on Kafka, for whoever prefers that ({@code Prefer: published}); such an
 * answer says so ({@code Preference-Applied}). One that does not say so has no receipt, or was sent since Kafka took too long, or
 * while a key of the topic stands still: what was written is stored all the same, and its events follow.
 */
public class PublishedFilter {

    /** The preference. */
    public static final String PUBLISHED = "published";

    /** A service without an outbox has none, and answers no receipt. */
    private final Instance<OutboxRelay> relay;

    PublishedFilter(Instance<OutboxRelay> relay) {
        this.relay = relay;
    }

    /** @return null when there is nothing to wait for */
    @ServerResponseFilter
    public @Nullable Uni<Void> filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getHeaderString(Preferences.HEADER) == null) {
            return null;
        }
        Preferences preferences = Preferences.of(request.getHeaders().get(Preferences.HEADER));
        String text = response.getHeaderString(Receipt.HEADER);
        Optional<Receipt> receipt = text == null ? Optional.empty() : Receipt.parse(text);
        if (receipt.isEmpty() || !preferences.has(PUBLISHED) || relay.isUnsatisfied()) {
            return null;
        }
        return Uni.createFrom()
                .completionStage(relay.get().published(receipt.get(), preferences.patience()))
                .invoke(published -> {
                    if (published) {
                        response.getHeaders().add(Preferences.APPLIED, PUBLISHED);
                    }
                })
                .replaceWithVoid();
    }
}
