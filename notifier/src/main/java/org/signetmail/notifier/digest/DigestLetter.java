package org.signetmail.notifier.digest;

import static org.signetmail.notifier.mail.Visible.line;

import jakarta.mail.MessagingException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.signetmail.notifier.administrator.Administration;
import org.signetmail.notifier.event.Rejection;
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

    public DigestLetter(NoticeWriter writer, Texts texts, Language usual) {
        this.writer = writer;
        this.texts = texts;
        this.usual = usual;
    }

    /**
     * @param newest the newest refusal of the digest
     * @param responsible for the account of the newest
     */
    public Notice write(Heading heading, Audience audience, Digest digest, Rejection newest, Administration responsible)
            throws MessagingException {
        boolean admin = audience.kind() == NoticeKind.ADMIN;
        Language language = admin
                ? responsible.language(heading.to(), usual)
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
        values.put("administrator", line(responsible.contact()));
        return writer.letter(heading, texts.write(TextKind.DIGEST, language, values));
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
