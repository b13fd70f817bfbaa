package org.signetmail.notifier.administrator;

import java.util.List;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.text.Language;

/** The administrators of a domain: at least one. */
public record Administration(List<Administrator> administrators) {
    public Administration {
        administrators = List.copyOf(administrators);
    }

    /** Whom owners of accounts may turn to. */
    public String contact() {
        return administrators.getFirst().mailbox().path();
    }

    /** What this administrator reads; the usual language when it is none of these any more. */
    public Language language(Mailbox mailbox, Language usual) {
        return administrators.stream()
                .filter(administrator -> administrator.mailbox().equals(mailbox))
                .map(Administrator::language)
                .findFirst()
                .orElse(usual);
    }
}
