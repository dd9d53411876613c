package org.voyage.local;

import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.jspecify.annotations.Nullable;

/** Login of a Kafka client with a token that the test gives in the JAAS settings. */
public final class GivenTokenLogin implements AuthenticateCallbackHandler {
    private String token = "";

    /** Returns the settings of a client that shows the token. */
    static Map<String, Object> settingsFor(String bootstrapServers, String token) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "OAUTHBEARER",
                "sasl.login.callback.handler.class",
                GivenTokenLogin.class.getName(),
                "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required token=\"" + token
                        + "\";");
    }

    @Override
    public void configure(Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> jaasConfigEntries) {
        token = String.valueOf(jaasConfigEntries.getFirst().getOptions().get("token"));
    }

    @Override
    public void handle(Callback[] callbacks) {
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerTokenCallback wanted) {
                wanted.token(new GivenToken(token, System.currentTimeMillis()));
            }
        }
    }

    @Override
    public void close() {}

    private record GivenToken(String value, long begun) implements OAuthBearerToken {
        @Override
        public Set<String> scope() {
            return Set.of();
        }

        @Override
        public long lifetimeMs() {
            return begun + 3_600_000;
        }

        @Override
        public String principalName() {
            return "given";
        }

        @Override
        public @Nullable Long startTimeMs() {
            return begun;
        }
    }
}
