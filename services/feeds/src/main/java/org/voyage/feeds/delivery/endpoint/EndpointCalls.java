package org.voyage.feeds.delivery.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.voyage.feeds.delivery.http.WebhookClient;
import org.voyage.feeds.delivery.http.WebhookReply;
import org.voyage.feeds.delivery.http.WebhookSigner;
import org.voyage.feeds.delivery.http.WebhookUrlParser;
import org.voyage.feeds.delivery.http.WebhookUrlParser.UrlRefusedException;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.reference.InstantFormat;

/** Calls of an endpoint outside of its deliveries: the challenge that proves it, and test events. */
@ApplicationScoped
class EndpointCalls {

    private static final String EVENT_TYPE = "application/cloudevents+json; charset=UTF-8";
    private static final int TOKEN_LETTERS = 32;

    private final WebhookClient client;
    private final WebhookUrlParser urls;
    private final EndpointSecretStore secrets;
    private final ObjectMapper json;
    private final Clock clock;

    EndpointCalls(
            WebhookClient client, WebhookUrlParser urls, EndpointSecretStore secrets, ObjectMapper json, Clock clock) {
        this.client = client;
        this.urls = urls;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
    }

    /** @param isPassed whether the reply repeated the token */
    record ChallengeResult(WebhookReply reply, boolean isPassed) {}

    /** Posts a random token, which the owner of the URL repeats. */
    ChallengeResult sendChallenge(FeedEndpoint endpoint) {
        String token = RandomIds.newId(TOKEN_LETTERS);
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("token", token);
        WebhookReply reply = post(endpoint, "challenge", data);
        return new ChallengeResult(reply, reply.isAccepted() && repeats(reply.excerpt(), token));
    }

    WebhookReply sendTest(FeedEndpoint endpoint) {
        return post(endpoint, "test", JsonNodeFactory.instance.objectNode().put("test", true));
    }

    private WebhookReply post(FeedEndpoint endpoint, String kind, ObjectNode data) {
        Instant now = clock.instant();
        String id = kind + "_" + RandomIds.newId(16);
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", "/voyage/feeds/" + endpoint.feed())
                .put("type", "org.voyage.feed.endpoint-" + kind + ".v1")
                .put("time", InstantFormat.formatInstant(now))
                .put("datacontenttype", "application/json");
        event.set("data", data);
        byte[] body = event.toString().getBytes(StandardCharsets.UTF_8);
        try {
            return client.post(
                    urls.parse(endpoint.url()),
                    EVENT_TYPE,
                    WebhookSigner.signRequest(id, now, body, secrets.loadSigningSecrets(endpoint, now)),
                    body);
        } catch (UrlRefusedException e) {
            throw new Refusal.UrlNotAllowed(e.finding());
        }
    }

    /** Returns whether a reply is the token, or a JSON object whose {@code token} it is. */
    private boolean repeats(String reply, String token) {
        if (reply.strip().equals(token)) {
            return true;
        }
        try {
            JsonNode tree = json.readTree(reply);
            return tree != null && tree.path("token").asText("").equals(token);
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
