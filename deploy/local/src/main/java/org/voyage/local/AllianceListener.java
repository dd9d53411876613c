package org.voyage.local;

import java.util.Map;
import org.voyage.broker.AllianceTokenValidator;

/**
 * Listener of a {@link KafkaNode} for alliances: SASL with the tokens of an issuer. Its clients reach only what an access
 * rule allows. Clients of the internal listener are super users.
 *
 * @param port on the loopback address
 * @param issuer address of the issuer; the broker also starts while it is away
 */
record AllianceListener(int port, String issuer) {

    private static final String NAME = "ALLIANCES";
    private static final String PREFIX = "listener.name.alliances.";
    /** A client shows a valid token at least as often, or its connection ends. */
    private static final int REAUTHENTICATION_MILLIS = 60_000;

    private static final int MAX_CONNECTIONS = 500;
    private static final int MAX_NEW_CONNECTIONS_PER_SECOND = 50;

    String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Returns the part of {@code listeners}. */
    String address() {
        return NAME + "://127.0.0.1:" + port;
    }

    /** Returns the part of {@code advertised.listeners}. */
    String advertisedAddress() {
        return NAME + "://" + bootstrapServers();
    }

    /** Returns the part of {@code listener.security.protocol.map}. */
    String protocol() {
        return NAME + ":SASL_PLAINTEXT";
    }

    /** Returns the option of the broker's JVM that lets it read the keys of the issuer. */
    String jvmOption() {
        return "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + keysUrl();
    }

    private String keysUrl() {
        return issuer + "/jwks";
    }

    /** Returns the settings of the broker but for the addresses. */
    Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry(PREFIX + "sasl.enabled.mechanisms", "OAUTHBEARER"),
                Map.entry(
                        PREFIX + "oauthbearer.sasl.jaas.config",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;"),
                Map.entry(
                        PREFIX + "oauthbearer.sasl.server.callback.handler.class",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler"),
                Map.entry(PREFIX + "oauthbearer.connections.max.reauth.ms", Integer.toString(REAUTHENTICATION_MILLIS)),
                Map.entry("sasl.oauthbearer.jwt.validator.class", AllianceTokenValidator.class.getName()),
                Map.entry("sasl.oauthbearer.jwks.endpoint.url", keysUrl()),
                Map.entry("sasl.oauthbearer.expected.issuer", issuer),
                Map.entry("sasl.oauthbearer.expected.audience", "voyage"),
                Map.entry(PREFIX + "max.connections", Integer.toString(MAX_CONNECTIONS)),
                Map.entry(PREFIX + "max.connection.creation.rate", Integer.toString(MAX_NEW_CONNECTIONS_PER_SECOND)),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                // Nobody is anonymous on the listener of alliances: their validator accepts alliances only.
                Map.entry("super.users", "User:ANONYMOUS"),
                Map.entry("allow.everyone.if.no.acl.found", "false"));
    }
}
