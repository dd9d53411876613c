package org.voyage.kit.access;

import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Set;
import org.voyage.kit.failure.FailureClassifier;
import org.voyage.kit.problem.Refusal;

/**
 * Authentication mechanism for bearer tokens: the one of Quarkus, whose parsers fail in many ways on texts that are no
 * token. Every such failure is a token that does not hold (401), and only a failure of the issuer or of the database is
 * a fault of ours.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class BearerTokenMechanism implements HttpAuthenticationMechanism {

    private final OidcAuthenticationMechanism oidc;

    BearerTokenMechanism(OidcAuthenticationMechanism oidc) {
        this.oidc = oidc;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        return Uni.createFrom()
                .deferred(() -> oidc.authenticate(context, identities))
                .onFailure(BearerTokenMechanism::isFaultOfToken)
                .transform(AuthenticationFailedException::new);
    }

    static boolean isFaultOfToken(Throwable failure) {
        return !(failure instanceof Error
                || failure instanceof AuthenticationException
                || failure instanceof OIDCException
                || FailureClassifier.toRefusal(failure) instanceof Refusal.Unavailable);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return oidc.getChallenge(context);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return oidc.getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return oidc.getCredentialTransport(context);
    }
}
