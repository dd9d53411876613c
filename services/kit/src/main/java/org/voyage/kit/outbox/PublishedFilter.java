package org.voyage.kit.outbox;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Preferences;

/**
 * Holds the answer to a write back until its events are on Kafka, for whoever prefers that ({@code Prefer: published}); such an
 * answer says so ({@code Preference-Applied}). One that does not say so was sent since Kafka took too long: the write is
 * stored all the same, and its events follow.
 */
public class PublishedFilter {

    /** The preference. */
    public static final String PUBLISHED = "published";

    private final OutboxRelay relay;
    private final OutboxConfig config;

    PublishedFilter(OutboxRelay relay, OutboxConfig config) {
        this.relay = relay;
        this.config = config;
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
        if (receipt.isEmpty() || !preferences.has(PUBLISHED)) {
            return null;
        }
        Duration patience = preferences
                .patience()
                .filter(wished -> wished.compareTo(config.publicationWait()) < 0)
                .orElse(config.publicationWait());
        return Uni.createFrom()
                .completionStage(relay.published(receipt.get())
                        .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS))
                .invoke(published -> {
                    if (published) {
                        response.getHeaders().add(Preferences.APPLIED, PUBLISHED);
                    }
                })
                .replaceWithVoid();
    }
}
