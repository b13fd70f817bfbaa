package org.signetmail.notifier.ndr;

import static org.signetmail.notifier.mail.Visible.line;

import java.util.List;
import java.util.stream.Collectors;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.event.Rejection.Violation;
import org.signetmail.notifier.mail.RefusedHeader;

/** The plain words of a refusal, for somebody who only wanted to send a mail. Values of others pass Visible.line. */
final class RefusalText {
    private static final String WHERE_TO_SET_IT = """
            Mail programs keep the sender address here:

              Outlook            File > Account Settings > Account Settings > Change
              Thunderbird        Account Settings > your account > Email Address
              Apple Mail         Mail > Settings > Accounts > Account Information > Email Address
              Gmail              Settings > See all settings > Accounts and Import > Send mail as
              iPhone and iPad    Settings > Apps > Mail > Mail Accounts > your account > Email
              Android            your mail app > Settings > your account > Email address or Identities
            """;

    private RefusalText() {}

    static String of(Rejection rejection, RefusedHeader header, String administrator) {
        return """
                Your message was refused. It was not sent to anybody.

                %s
                If you did not send this message, somebody else may know your password:
                change it, and tell your administrator.

                The message:
                  To: %s
                  From: %s
                  Subject: %s

                Account: %s
                Server: %s
                Incident: %s

                Questions? Ask %s and name the incident.
                """.formatted(
                        reason(rejection),
                        header.shown("To"),
                        header.shown("From"),
                        header.shown("Subject"),
                        line(rejection.account()),
                        line(rejection.server()),
                        rejection.submissionId(),
                        line(administrator));
    }

    private static String reason(Rejection rejection) {
        return switch (rejection.violation().reason()) {
            case ENVELOPE -> identity(rejection, "It was given as the return address of the message (MAIL FROM).");
            case FROM, SENDER, RESENT ->
                identity(rejection, "It stands in the field " + field(rejection) + " of the message.");
            case DISPLAY_NAME -> displayName(rejection);
            case FORM -> form(rejection.violation());
            case SUSPENDED -> suspended(rejection.violation());
        };
    }

    private static String identity(Rejection rejection, String where) {
        return """
                You signed in as %s, and this account may not use the sender address

                    %s

                %s%s

                %s
                %s""".formatted(
                        line(rejection.account()),
                        line(rejection.violation().address().orElse("(unknown)")),
                        where,
                        rejection
                                .violation()
                                .detail()
                                .map(why -> "\n" + line(why) + ".")
                                .orElse(""),
                        allowed(rejection.allowed()),
                        WHERE_TO_SET_IT);
    }

    private static String displayName(Rejection rejection) {
        return """
                You signed in as %s, and the name that your message shows for its sender
                contains an address that this account may not use:

                    %s

                Nothing is wrong with the sender address itself. Take the other address out of
                the name beside it, then send the message again.

                %s""".formatted(
                line(rejection.account()), line(rejection.violation().address().orElse("(unknown)")), WHERE_TO_SET_IT);
    }

    private static String allowed(List<String> addresses) {
        if (addresses.isEmpty()) {
            return """
                    The account has no sender address at all. Only your administrator can
                    give it one.
                    """;
        }
        return """
                Use one of these instead, then send the message again:

                %s
                """.formatted(
                addresses.stream().map(address -> "    " + spoken(address)).collect(Collectors.joining("\n")));
    }

    private static String spoken(String address) {
        return address.startsWith("*@") ? "any address at " + line(address.substring(2)) : line(address);
    }

    private static String form(Violation violation) {
        return """
                Your mail program wrote the message in a way that leaves open who sent it:

                    %s (field %s)

                This is no fault of your sender address or your password. Write the message
                again, or update the mail program that wrote it; if it keeps happening, show
                this report to who made the program.
                """.formatted(line(violation.detail().orElse("malformed header")), line(violation.field()));
    }

    private static String suspended(Violation violation) {
        return """
                The account that you signed in with may not send mail at present:

                    %s

                Changing the sender address does not help. If the line above says that the
                account is suspended, somebody else may be using it: change your password, and
                the account is open again at once; your administrator can open it, too. In all
                other cases only your administrator can help.
                """.formatted(line(violation.detail().orElse("account suspended")));
    }

    private static String field(Rejection rejection) {
        return line(rejection.violation().field());
    }
}
