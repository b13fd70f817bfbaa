package org.signetmail.directory.grant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.signetmail.directory.group.Party;
import org.signetmail.directory.problem.Input;
import org.signetmail.directory.problem.Refused;

/** What POST reads. */
public record GrantBody(
        String account,
        GrantType type,
        String target,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        Optional<List<String>> networks,
        Optional<List<String>> credentials,
        Optional<String> reason) {
    private static final int LONGEST_REASON = 1000;
    private static final int MOST_CREDENTIALS = 20;
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** A grant that is sound as far as can be said without the database; lists are in canonical form and order. */
    public record Checked(
            Party grantee,
            GrantType type,
            GrantTarget target,
            Optional<Instant> validFrom,
            Optional<Instant> validUntil,
            Optional<List<String>> networks,
            Optional<List<String>> credentials,
            Optional<String> reason) {
        /** One that counts always and everywhere. */
        public static Checked unbound(Party grantee, GrantType type, GrantTarget target) {
            return new Checked(
                    grantee,
                    type,
                    target,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    Checked check() {
        Party grantee = Optional.ofNullable(account)
                .flatMap(Party::of)
                .orElseThrow(() -> Refused.invalid("account", "The login of an account, or group:name, is required"));
        if (type == null) {
            throw Refused.invalid("type", "A type is required: send-as or send-on-behalf");
        }
        Input.time("validFrom", validFrom);
        Input.time("validUntil", validUntil);
        if (validFrom.isPresent() && validUntil.isPresent() && !validFrom.get().isBefore(validUntil.get())) {
            throw Refused.invalid("validUntil", "A grant ends after it begins");
        }
        reason.ifPresent(text -> Input.text("reason", text, LONGEST_REASON));
        if (grantee instanceof Party.OfGroup && credentials.isPresent()) {
            throw Refused.invalid("credentials", "Application passwords are those of one account, not of a group");
        }
        return new Checked(
                grantee,
                type,
                GrantTarget.parse(target),
                validFrom,
                validUntil,
                networks.map(NetworkBound::check),
                credentials.map(GrantBody::ids),
                reason);
    }

    private static List<String> ids(List<String> given) {
        if (given.isEmpty() || given.size() > MOST_CREDENTIALS) {
            throw Refused.invalid(
                    "credentials", "1 to " + MOST_CREDENTIALS + " credentials are named, or the field is left out");
        }
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i) == null || !CREDENTIAL.matcher(given.get(i)).matches()) {
                throw Refused.invalid("credentials[" + i + "]", "This is no id of an application password");
            }
        }
        return List.copyOf(new TreeSet<>(given));
    }
}
