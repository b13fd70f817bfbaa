package org.signetmail.directory.grant;

import java.time.Instant;
import java.util.Optional;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.problem.Input;
import org.signetmail.directory.problem.Refused;

/** What POST reads. */
public record GrantBody(
        String account,
        GrantType type,
        String target,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        Optional<String> reason) {
    private static final int LONGEST_REASON = 1000;

    /** A grant that is sound as far as can be said without the database. */
    public record Checked(
            Login account,
            GrantType type,
            GrantTarget target,
            Optional<Instant> validFrom,
            Optional<Instant> validUntil,
            Optional<String> reason) {}

    Checked check() {
        Login login = Optional.ofNullable(account)
                .flatMap(Login::of)
                .orElseThrow(() -> Refused.invalid("account", "The login of an account is required"));
        if (type == null) {
            throw Refused.invalid("type", "A type is required: send-as or send-on-behalf");
        }
        Input.time("validFrom", validFrom);
        Input.time("validUntil", validUntil);
        if (validFrom.isPresent() && validUntil.isPresent() && !validFrom.get().isBefore(validUntil.get())) {
            throw Refused.invalid("validUntil", "A grant ends after it begins");
        }
        reason.ifPresent(text -> Input.text("reason", text, LONGEST_REASON));
        return new Checked(login, type, GrantTarget.parse(target), validFrom, validUntil, reason);
    }
}
