package org.signetmail.edge.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.DependencyMetrics.CallResult;
import org.signetmail.edge.DependencyMetrics.DirectoryCall;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.EdgeMetrics.AuthResult;

/** Asks directory-service. Whatever is not a clear answer is {@link Authentication.Unavailable}, never a denial. */
@ApplicationScoped
class DirectoryAuthenticator implements Authenticator, Verifiers {
    private static final Logger LOG = Logger.getLogger(DirectoryAuthenticator.class);

    /** What can be the name of an account (directory-service, Login). */
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    /** The name that asks for one of the account's application passwords. */
    private static final Pattern CREDENTIAL = Pattern.compile("(?<login>[^+]*)\\+[A-Za-z0-9]{1,64}");

    private static final Pattern DOTS = Pattern.compile("\\.+");

    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final Supplier<DirectoryClient> directory;
    private final String authorization;
    private final Optional<AccessTokens> tokens;
    private final EdgeMetrics metrics;
    private final DependencyMetrics dependencies;

    @Inject
    DirectoryAuthenticator(
            EdgeConfig config,
            DirectoryConnection connection,
            Optional<AccessTokens> tokens,
            EdgeMetrics metrics,
            DependencyMetrics dependencies) {
        this(connection::client, config.directory().token(), tokens, metrics, dependencies);
    }

    DirectoryAuthenticator(
            Supplier<DirectoryClient> directory,
            String token,
            Optional<AccessTokens> tokens,
            EdgeMetrics metrics,
            DependencyMetrics dependencies) {
        this.directory = directory;
        this.authorization = "Bearer " + token;
        this.tokens = tokens;
        this.metrics = metrics;
        this.dependencies = dependencies;
    }

    @Override
    public Authentication authenticate(Credentials credentials, InetAddress client) {
        Authentication result = switch (credentials) {
            case Credentials.Password password -> check(password, client);
            case Credentials.Scram(String _, var proven) -> {
                proven.ifPresent(granted -> noteUse(granted, client));
                yield proven.<Authentication>map(granted -> granted).orElseGet(Authentication.Denied::new);
            }
            case Credentials.Token token -> check(token);
            case Credentials.Certificate(String login) -> submitter(login);
        };
        metrics.authentication(
                switch (result) {
                    case Authentication.Granted _ -> AuthResult.GRANTED;
                    case Authentication.Denied() -> AuthResult.DENIED;
                    case Authentication.Unavailable() -> AuthResult.UNAVAILABLE;
                });
        return result;
    }

    private Authentication check(Credentials.Password password, InetAddress client) {
        DirectoryClient.Answer answer;
        try {
            var question = new DirectoryClient.Question(password.login(), password.password(), client.getHostAddress());
            answer = counted(DirectoryCall.AUTHENTICATION, () -> directory.get().authenticate(authorization, question));
        } catch (RuntimeException e) { // status, connection, timeout, and what a body may be instead of JSON
            return unavailable("check a sign-in", e.getMessage());
        }
        if (answer == null || answer.authenticated() == null) { // 204, or a body of something else
            return unavailable("check a sign-in", "its answer says nothing");
        }
        if (!answer.authenticated()) {
            return new Authentication.Denied();
        }
        return granted(answer.account(), answer.credential(), answer.limits());
    }

    /** The directory gave the verifier and does not know what became of it. Nobody waits for it to be told. */
    private void noteUse(Authentication.Granted granted, InetAddress client) {
        granted.credential()
                .ifPresent(id -> Thread.ofVirtual().start(() -> {
                    try {
                        var use = new DirectoryClient.Use(client.getHostAddress());
                        counted(DirectoryCall.USE, () -> {
                            directory.get().used(authorization, granted.account(), id, use);
                            return true;
                        });
                    } catch (RuntimeException e) { // status, connection, timeout
                        LOG.warnf("directory-service did not note the use of %s: %s", id, e.getMessage());
                    }
                }));
    }

    private Authentication check(Credentials.Token token) {
        AccessTokens issuer = tokens.orElseThrow(); // else no such mechanism is offered
        return switch (issuer.check(token.token())) {
            case AccessTokens.Check.Valid(String account, var names) -> {
                String claimed = token.login().toLowerCase(Locale.ROOT);
                yield claimed.isEmpty() || names.contains(claimed) ? submitter(account) : new Authentication.Denied();
            }
            case AccessTokens.Check.Invalid() -> new Authentication.Denied();
            case AccessTokens.Check.Unavailable() -> new Authentication.Unavailable();
        };
    }

    /** Whether an account whose identity is proven elsewhere may submit mail. */
    private Authentication submitter(String login) {
        if (!canBeAsked(login)) {
            return new Authentication.Denied();
        }
        try {
            DirectoryClient.Submitter submitter =
                    counted(DirectoryCall.SUBMITTER, () -> directory.get().submitter(authorization, login));
            return submitter == null
                    ? unavailable("name a submitter", "its answer says nothing")
                    : granted(submitter.account(), Optional.empty(), submitter.limits());
        } catch (WebApplicationException e) {
            return e.getResponse().getStatus() == NOT_FOUND
                    ? new Authentication.Denied()
                    : unavailable("name a submitter", e.getMessage());
        } catch (RuntimeException e) { // connection, timeout, and what a body may be instead of JSON
            return unavailable("name a submitter", e.getMessage());
        }
    }

    @Override
    public Optional<ScramVerifier> of(String login, InetAddress client) {
        Matcher credential = CREDENTIAL.matcher(login);
        boolean askable = canBeAsked(credential.matches() ? credential.group("login") : login);
        try {
            String name = askable ? login : stranger(login);
            ScramVerifier verifier = counted(
                    DirectoryCall.VERIFIER,
                    () -> directory.get().verifier(authorization, name, client.getHostAddress()));
            return Optional.of(Objects.requireNonNull(verifier, "its answer says nothing"));
        } catch (RuntimeException e) {
            LOG.warnf("directory-service did not give a verifier: %s", e.getMessage());
            metrics.authentication(AuthResult.UNAVAILABLE);
            return Optional.empty();
        }
    }

    /** Times the call and counts how it ended; a refusal is an answer. */
    private <T> T counted(DirectoryCall call, Supplier<T> request) {
        long start = System.nanoTime();
        var result = CallResult.FAILED;
        try {
            T answer = request.get();
            result = CallResult.ANSWERED;
            return answer;
        } catch (WebApplicationException e) {
            result = e.getResponse().getStatus() < SERVER_ERROR ? CallResult.ANSWERED : CallResult.FAILED;
            throw e;
        } finally {
            dependencies.called(call, result, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Whether it can be a name in the directory, and in a path. */
    private static boolean canBeAsked(String login) {
        return LOGIN.matcher(login).matches() && !DOTS.matcher(login).matches();
    }

    /** A name that nobody has, in place of what is no name: so the directory has a decoy for it, the same every time. */
    private static String stranger(String login) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(login.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static Authentication granted(
            Optional<String> account, Optional<String> credential, Optional<AccountLimits> limits) {
        return account.<Authentication>map(
                        name -> new Authentication.Granted(name, credential, limits.orElse(AccountLimits.NONE)))
                .orElseGet(() -> unavailable("name an account", "its answer says nothing"));
    }

    private static Authentication unavailable(String what, String why) {
        LOG.warnf("directory-service did not %s: %s", what, why);
        return new Authentication.Unavailable();
    }
}
