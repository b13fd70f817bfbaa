package org.signetmail.notifier.administrator;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.rest.Problem;
import org.signetmail.notifier.text.Language;

/**
 * Administrators as requests and answers have them.
 *
 * @param domain what stands behind the @ of the accounts' primary addresses; in a request, the path says it
 */
public record DomainAdministrators(Optional<String> domain, List<Entry> administrators) {
    private static final int MOST = 20;

    /** @param language what this one reads; in a request, the usual one when it is absent */
    @Schema(name = "Administrator")
    public record Entry(
            String address,

            @Schema(description = "en or de") Optional<String> language) {}

    /** A page; next is there when more follow, to be given as {@code after}. */
    @Schema(name = "AdministratorsPage")
    public record Page(List<Entry> defaults, List<DomainAdministrators> domains, Optional<String> next) {}

    static DomainAdministrators of(String domain, Administration administration) {
        return new DomainAdministrators(Optional.of(domain), entries(administration));
    }

    static List<Entry> entries(Administration administration) {
        return administration.administrators().stream()
                .map(one -> new Entry(
                        one.mailbox().path(), Optional.of(one.language().word())))
                .toList();
    }

    /** @throws Problem.Thrown naming what is wrong */
    Administration read(Language usual) {
        if (administrators == null || administrators.isEmpty() || administrators.size() > MOST) {
            throw Problem.badParameter("administrators", "A domain has 1 to " + MOST + " administrators");
        }
        List<Administrator> read =
                administrators.stream().map(entry -> read(entry, usual)).toList();
        if (read.stream().map(Administrator::mailbox).distinct().count() < read.size()) {
            throw Problem.badParameter("address", "An administrator is named twice");
        }
        return new Administration(read);
    }

    private static Administrator read(Entry entry, Language usual) {
        Mailbox mailbox = Optional.ofNullable(entry.address())
                .flatMap(Mailbox::of)
                .orElseThrow(() -> Problem.badParameter("address", "address is one that mail can go to"));
        Language language = entry.language().isEmpty()
                ? usual
                : Language.named(entry.language().get())
                        .orElseThrow(() -> Problem.badParameter("language", "language is en or de"));
        return new Administrator(mailbox, language);
    }
}
