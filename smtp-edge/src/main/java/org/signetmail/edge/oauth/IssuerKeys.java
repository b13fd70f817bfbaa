package org.signetmail.edge.oauth;

import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jose4j.http.Get;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys of an OpenID Connect issuer, found by its discovery document when first needed. They are kept for a while; a
 * key that is not among them has them read again, but not more often than every {@link #REPRIEVE}.
 */
final class IssuerKeys implements VerificationKeyResolver {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration KEPT_WHILE_UNREACHABLE = Duration.ofHours(1);
    static final Duration REPRIEVE = Duration.ofSeconds(10);
    private static final int LARGEST_DOCUMENT = 512 * 1024;

    private final String issuer;
    private final Get http = new Get();
    private Optional<VerificationKeyResolver> discovered = Optional.empty();

    /** @param timeout to connect, and again for each answer */
    IssuerKeys(String issuer, Duration timeout) {
        this.issuer = issuer;
        int millis = Math.toIntExact(timeout.toMillis());
        http.setConnectTimeout(millis);
        http.setReadTimeout(millis);
        http.setRetries(0);
        http.setResponseBodySizeLimit(LARGEST_DOCUMENT);
    }

    /** @throws UnresolvableKeyException because of an IOException when the issuer cannot be asked */
    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        return keys().resolveKey(signature, nesting);
    }

    private synchronized VerificationKeyResolver keys() throws UnresolvableKeyException {
        if (discovered.isEmpty()) {
            try {
                discovered = Optional.of(keysAt(discover()));
            } catch (IOException | JoseException e) {
                throw new UnresolvableKeyException("The issuer's discovery document cannot be had", asIo(e));
            }
        }
        return discovered.get();
    }

    /** OpenID Connect Discovery section 4; its issuer must be the very one that was asked for (section 4.3). */
    private String discover() throws IOException, JoseException {
        String url = issuer + (issuer.endsWith("/") ? "" : "/") + ".well-known/openid-configuration";
        var document = JsonUtil.parseJson(http.get(url).getBody());
        if (!issuer.equals(document.get("issuer"))) {
            throw new IOException(url + " is of another issuer: " + document.get("issuer"));
        }
        if (!(document.get("jwks_uri") instanceof String keys)) {
            throw new IOException(url + " has no jwks_uri");
        }
        return keys;
    }

    private VerificationKeyResolver keysAt(String url) {
        var keys = new HttpsJwks(url);
        keys.setSimpleHttpGet(http);
        keys.setDefaultCacheDuration(KEPT.toSeconds());
        keys.setRetainCacheOnErrorDuration(KEPT_WHILE_UNREACHABLE.toSeconds());
        keys.setRefreshReprieveThreshold(REPRIEVE.toMillis());
        var resolver = new HttpsJwksVerificationKeyResolver(keys);
        resolver.setDisambiguateWithVerifySignature(true); // for issuers that do not name their keys
        return resolver;
    }

    private static IOException asIo(Exception e) {
        return e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
}
