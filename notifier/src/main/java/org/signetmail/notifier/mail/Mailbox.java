package org.signetmail.notifier.mail;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a mail of ours can go. The domain is an A-label in lower case, so that only a local part can need SMTPUTF8.
 *
 * @param path local-part@domain with the local part unquoted, as records of signet.outbound have it
 * @param address the same as header fields have it, quoted where RFC 5322 3.4.1 wants it
 */
public record Mailbox(String path, String address, boolean needsSmtpUtf8) {
    private static final int LONGEST = 320;
    private static final String ATOM = "[\\p{Alnum}!#$%&'*+/=?^_`{|}~\\-[^\\p{ASCII}]]+";
    private static final Pattern DOT_STRING = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
    private static final Pattern DOMAIN = Pattern.compile("[\\p{Alnum}-]+(?:\\.[\\p{Alnum}-]+)*|\\[[\\p{Alnum}:.]+]");
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI);

    /** Reads local-part@domain with the local part unquoted; empty when no mail could ever go there. */
    public static Optional<Mailbox> of(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1 || address.length() > LONGEST || !Visible.isVisible(address)) {
            return Optional.empty();
        }
        String local = address.substring(0, at);
        return domain(address.substring(at + 1))
                .map(domain ->
                        new Mailbox(local + "@" + domain, quoted(local) + "@" + domain, !Visible.isAscii(local)));
    }

    /** What stands behind the last @. */
    public String domain() {
        return path.substring(path.lastIndexOf('@') + 1);
    }

    private static Optional<String> domain(String domain) {
        if (Visible.isAscii(domain)) {
            return Optional.of(domain.toLowerCase(Locale.ROOT)).filter(DOMAIN.asMatchPredicate());
        }
        var info = new IDNA.Info();
        String ascii = UTS46.nameToASCII(domain, new StringBuilder(), info).toString();
        return info.hasErrors() ? Optional.empty() : Optional.of(ascii).filter(DOMAIN.asMatchPredicate());
    }

    private static String quoted(String local) {
        return DOT_STRING.matcher(local).matches()
                ? local
                : '"' + local.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
