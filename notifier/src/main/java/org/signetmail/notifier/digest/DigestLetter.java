package org.signetmail.notifier.digest;

import static org.signetmail.notifier.mail.Visible.line;

import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.mail.NoticeWriter.Heading;
import org.signetmail.notifier.mail.RefusedHeader;
import org.signetmail.notifier.text.Language;
import org.signetmail.notifier.text.TextKind;
import org.signetmail.notifier.text.Texts;

/** The mail about refusals that were gathered. */
public final class DigestLetter {
    private final NoticeWriter writer;
    private final Texts texts;
    private final Language usual;
    private final String administrator;

    public DigestLetter(NoticeWriter writer, Texts texts, Language usual, String administrator) {
        this.writer = writer;
        this.texts = texts;
        this.usual = usual;
        this.administrator = administrator;
    }

    /** @param newest the newest refusal of the digest */
    public Notice write(String id, Audience audience, Mailbox to, Digest digest, Rejection newest, Instant now)
            throws MessagingException {
        boolean admin = audience.kind() == NoticeKind.ADMIN;
        Language language = admin
                ? usual
                : Language.of(RefusedHeader.of(newest.headerBase64()).languages(), usual);
        var values = new HashMap<String, Object>();
        values.put("admin", admin);
        values.put("count", digest.count());
        values.put("account", line(newest.account()));
        values.put("accounts", digest.accounts());
        values.put("first", NoticeWriter.DATE.format(digest.first()));
        values.put("last", NoticeWriter.DATE.format(digest.last()));
        values.put("lines", digest.lines().stream().map(DigestLetter::values).toList());
        values.put("more", digest.more());
        values.put("server", line(newest.server()));
        values.put("administrator", line(administrator));
        return writer.letter(
                new Heading(id, NoticeKind.DIGEST, to, now), texts.write(TextKind.DIGEST, language, values));
    }

    private static Map<String, Object> values(Digest.Line one) {
        return Map.of(
                "count", one.count(),
                "account", line(one.account()),
                "address", line(one.address()),
                "field", line(one.field()),
                "hosts", line(one.hosts().stream().collect(Collectors.joining(", "))),
                "moreHosts", one.moreHosts(),
                "first", NoticeWriter.DATE.format(one.first()),
                "last", NoticeWriter.DATE.format(one.last()));
    }
}
