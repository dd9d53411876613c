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
 * Holds the answer to a write back until its events are on Kafka, for whoever prefers that ({@code Prefer: published}); such an
 * answer says so ({@code Preference-Applied}). One that does not say so has no receipt, or was sent since Kafka took too long, or
 * while a key of the topic stands still: what was written is stored all the same, and its events follow.
 */
public class PublicationWaitFilter {

    /** The preference. */
    public static final String PUBLISHED_PREFERENCE = "published";

    /** A service without an outbox has none, and answers no receipt. */
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
        if (receipt.isEmpty() || !preferences.hasPreference(PUBLISHED_PREFERENCE) || relay.isUnsatisfied()) {
            return null;
        }
        return Uni.createFrom()
                .completionStage(relay.get().awaitPublication(receipt.get(), preferences.maxWait()))
                .invoke(published -> {
                    if (published) {
                        response.getHeaders().add(PreferHeader.APPLIED_HEADER, PUBLISHED_PREFERENCE);
                    }
                })
                .replaceWithVoid();
    }
}
