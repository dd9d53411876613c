package org.voyage.broker;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator;
import org.apache.kafka.common.security.oauthbearer.JwtValidator;
import org.apache.kafka.common.security.oauthbearer.JwtValidatorException;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Validator of the tokens on the listener for alliances ({@code sasl.oauthbearer.jwt.validator.class}). It checks a token
 * as Kafka does, and adds two things. The broker starts while the OpenID provider is away: only this listener refuses
 * tokens until the provider's keys are here. A token is accepted only for the principal {@code alliance-<CODE>}: no
 * claim can name the super user of the other listeners. The system property {@value #PREFIX_PROPERTY} names another
 * beginning than {@code alliance-}.
 */
public final class AllianceTokenValidator implements JwtValidator {
    private static final Logger LOG = LoggerFactory.getLogger(AllianceTokenValidator.class);
    private static final String PREFIX_PROPERTY = "voyage.kafka.principal-prefix";
    private static final long RETRY_PAUSE_MILLIS = 2_000;

    private final Pattern alliance = allianceNames(System.getProperty(PREFIX_PROPERTY, "alliance-"));
    private volatile @Nullable Thread preparation;
    private volatile @Nullable JwtValidator prepared;

    /** Begins to fetch the provider's keys and returns at once. */
    @Override
    public void configure(
            Map<String, ?> settings, String saslMechanism, List<AppConfigurationEntry> jaasConfigEntries) {
        Thread thread =
                new Thread(() -> prepareValidator(settings, saslMechanism, jaasConfigEntries), "keys-for-alliances");
        thread.setDaemon(true);
        thread.start();
        preparation = thread;
    }

    private void prepareValidator(
            Map<String, ?> settings, String saslMechanism, List<AppConfigurationEntry> jaasConfigEntries) {
        try {
            while (prepared == null) {
                try {
                    DefaultJwtValidator validator = new DefaultJwtValidator();
                    validator.configure(settings, saslMechanism, jaasConfigEntries);
                    prepared = validator;
                    LOG.info("The keys of the OpenID provider are here: alliances can connect");
                } catch (RuntimeException e) {
                    LOG.warn("The keys of the OpenID provider are not here, alliances wait: {}", rootMessage(e));
                    Thread.sleep(RETRY_PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    private static Pattern allianceNames(String prefix) {
        if (prefix.isBlank()) {
            throw new ConfigException(PREFIX_PROPERTY, prefix, "Without a beginning a code could be any name");
        }
        return Pattern.compile(Pattern.quote(prefix) + "[A-Z0-9]{2,20}");
    }

    /**
     * Returns a valid token of an alliance.
     *
     * @throws JwtValidatorException for every other token, and for all tokens until the provider's keys are here
     */
    @Override
    public OAuthBearerToken validate(String accessToken) throws JwtValidatorException {
        JwtValidator validator = prepared;
        if (validator == null) {
            throw new JwtValidatorException("The keys of the OpenID provider are not here yet");
        }
        OAuthBearerToken token = validator.validate(accessToken);
        if (!alliance.matcher(token.principalName()).matches()) {
            throw new JwtValidatorException("The token names no alliance");
        }
        return token;
    }

    @Override
    public void close() throws IOException {
        Thread thread = preparation;
        if (thread != null) {
            thread.interrupt();
        }
        JwtValidator validator = prepared;
        if (validator != null) {
            validator.close();
        }
    }
}
