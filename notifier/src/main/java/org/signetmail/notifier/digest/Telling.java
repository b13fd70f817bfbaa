package org.signetmail.notifier.digest;

import java.util.UUID;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.mail.Visible;

/**
 * That somebody is to be told of a refusal.
 *
 * @param address that was tried; empty when it was none
 */
public record Telling(Audience audience, UUID incident, String account, String address) {
    /** What is the same refusal for somebody. */
    record Subject(Audience audience, String account, String address) {}

    public static Telling of(Audience audience, Rejection rejection) {
        return new Telling(
                audience,
                rejection.submissionId(),
                Visible.line(rejection.account()),
                rejection.violation().address().map(Visible::line).orElse(""));
    }

    Subject subject() {
        return new Subject(audience, account, address);
    }
}
