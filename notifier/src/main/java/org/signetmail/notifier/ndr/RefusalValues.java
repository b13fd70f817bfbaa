package org.signetmail.notifier.ndr;

import static org.signetmail.notifier.mail.Visible.line;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.mail.RefusedHeader;

/** What the texts about a refusal may say. Values of others pass Visible.line; what is not there is empty. */
public final class RefusalValues {
    private static final String ANY = "*@";

    private RefusalValues() {}

    /** @param administrator address that the owner may turn to */
    public static Map<String, Object> of(Rejection rejection, RefusedHeader header, String administrator) {
        Rejection.Violation violation = rejection.violation();
        var values = new HashMap<String, Object>();
        values.put("identity", identity(violation.reason()));
        values.put("displayName", violation.reason() == Reason.DISPLAY_NAME);
        values.put("envelope", violation.reason() == Reason.ENVELOPE);
        values.put("suspended", violation.reason() == Reason.SUSPENDED);
        values.put("address", line(violation.address().orElse("")));
        values.put("field", line(violation.field()));
        values.put("detail", line(violation.detail().orElseGet(() -> usual(violation.reason()))));
        values.put("account", line(rejection.account()));
        values.put("login", "\\" + line(rejection.account()));
        values.put("primary", line(rejection.primaryAddress().orElse("")));
        values.put(
                "allowed",
                rejection.allowed().stream().map(RefusalValues::allowed).toList());
        values.put("to", header.shown("To"));
        values.put("from", header.shown("From"));
        values.put("subject", header.shown("Subject"));
        values.put("server", line(rejection.server()));
        values.put("incident", rejection.submissionId().toString());
        values.put("time", rejection.rejectedAt().toString());
        values.put("helo", line(rejection.client().helo()));
        values.put("host", line(rejection.client().address()));
        values.put("archive", line(rejection.archiveFile().orElse("")));
        values.put("mailFrom", line(rejection.mailFrom()));
        values.put(
                "recipients",
                line(rejection.recipients().stream()
                        .map(address -> "<" + address + ">")
                        .collect(Collectors.joining(", "))));
        values.put("administrator", line(administrator));
        return values;
    }

    private static boolean identity(Reason reason) {
        return switch (reason) {
            case ENVELOPE, FROM, SENDER, RESENT, DISPLAY_NAME -> true;
            case FORM, SUSPENDED -> false;
        };
    }

    private static String usual(Reason reason) {
        return switch (reason) {
            case ENVELOPE, FROM, SENDER, RESENT, DISPLAY_NAME -> "";
            case FORM -> "malformed header";
            case SUSPENDED -> "account suspended";
        };
    }

    private static Map<String, String> allowed(String address) {
        boolean any = address.startsWith(ANY);
        return Map.of(
                "address", any ? "" : line(address),
                "domain", any ? line(address.substring(ANY.length())) : "",
                "listed", line(address));
    }
}
