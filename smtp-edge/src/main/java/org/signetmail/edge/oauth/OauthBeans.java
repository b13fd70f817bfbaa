package org.signetmail.edge.oauth;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.auth.AccessTokens;

/** Makes the check of tokens where an issuer is configured. */
class OauthBeans {
    @Produces
    @Singleton
    Optional<AccessTokens> accessTokens(EdgeConfig config) {
        EdgeConfig.Smtp.Oauth oauth = config.smtp().oauth();
        return oauth.issuer()
                .map(issuer -> new IssuerTokens(
                        issuer,
                        oauth.audience()
                                .orElseThrow(() -> new IllegalStateException(
                                        "signet.smtp.oauth.issuer needs signet.smtp.oauth.audience: without it, tokens"
                                                + " for any other service would sign in here")),
                        oauth.accountClaim(),
                        oauth.timeout()));
    }
}
