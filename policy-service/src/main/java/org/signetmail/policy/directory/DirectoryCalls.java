package org.signetmail.policy.directory;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.signetmail.policy.event.EventJson;
import org.signetmail.policy.operation.PolicyMetrics.DirectoryCall;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Absent;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Lookup.Unavailable;

/**
 * Calls of directory-service: each bounded, at most so many at once, one more try when the connection failed. Whatever
 * is not clearly an answer about the account is {@link Unavailable}.
 */
final class DirectoryCalls {
    private static final Logger LOG = Logger.getLogger(DirectoryCalls.class);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final DirectoryClient client;
    private final String authorization;
    private final Duration timeout;
    private final Semaphore permits;
    private final Consumer<DirectoryCall> count;

    DirectoryCalls(
            DirectoryClient client, String token, Duration timeout, int maxCalls, Consumer<DirectoryCall> count) {
        this.client = client;
        this.authorization = "Bearer " + token;
        this.timeout = timeout;
        this.permits = new Semaphore(maxCalls);
        this.count = count;
    }

    Lookup originators(String account) {
        try {
            if (!permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return unavailable(DirectoryCall.BUSY, "directory-service is busy", account, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable("policy-service is stopping");
        }
        try {
            return call(account);
        } finally {
            permits.release();
        }
    }

    private Lookup call(String account) {
        try {
            return ask(account);
        } catch (ProcessingException e) {
            if (isTimeout(e)) {
                return unavailable(DirectoryCall.TIMEOUT, "directory-service does not answer in time", account, e);
            }
            LOG.debugf(e, "Asking again for the originators of %s", account);
        } catch (IOException | RuntimeException e) {
            return unavailable(DirectoryCall.FAILED, "directory-service was not understood", account, e);
        }
        try {
            return ask(account);
        } catch (ProcessingException e) {
            return unavailable(DirectoryCall.UNREACHABLE, "directory-service is unreachable", account, e);
        } catch (IOException | RuntimeException e) {
            return unavailable(DirectoryCall.FAILED, "directory-service was not understood", account, e);
        }
    }

    private Lookup ask(String account) throws IOException {
        try (Response response = client.originators(account, authorization)) {
            if (response.getStatus() == OK) {
                byte[] body = response.readEntity(byte[].class);
                var found =
                        new Found(EventJson.read(body, OriginatorsAnswer.class).toOriginators());
                count.accept(DirectoryCall.FOUND);
                return found;
            }
            if (isAboutTheAccount(response)) {
                count.accept(DirectoryCall.ABSENT);
                return new Absent();
            }
            return unavailable(
                    DirectoryCall.FAILED, "directory-service answered " + response.getStatus(), account, null);
        }
    }

    /** A 404 of something in between, which knows no such path, must not suspend an account. */
    private static boolean isAboutTheAccount(Response response) {
        return response.getStatus() == NOT_FOUND
                && response.getMediaType() != null
                && response.getMediaType().getSubtype().equals("problem+json");
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private Unavailable unavailable(DirectoryCall result, String why, String account, Exception cause) {
        count.accept(result);
        LOG.warnf("Originators of %s: %s%s", account, why, cause == null ? "" : " (" + cause + ")");
        return new Unavailable(why);
    }
}
