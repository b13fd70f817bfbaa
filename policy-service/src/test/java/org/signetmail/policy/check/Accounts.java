package org.signetmail.policy.check;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signetmail.policy.check.Facts.Header;
import org.signetmail.policy.originator.AccountState;
import org.signetmail.policy.originator.AddressBook;
import org.signetmail.policy.originator.Allowance;
import org.signetmail.policy.originator.AllowedAddress;
import org.signetmail.policy.originator.CredentialScope;
import org.signetmail.policy.originator.Mode;
import org.signetmail.policy.originator.Originators;
import org.signetmail.policy.originator.SignIn;
import org.signetmail.policy.originator.Source;
import org.signetmail.policy.originator.Suspension;
import org.signetmail.policy.originator.Use;

/** Carol, who has an address of her own, desk@ as send-as and alice@ as send-on-behalf; and headers to judge. */
final class Accounts {
    static final String OWN = "carol@example.test";
    static final String SEND_AS = "desk@example.test";
    static final String ON_BEHALF = "alice@example.test";
    static final String FOREIGN = "ceo@example.test";

    private Accounts() {}

    static Allowance carol() {
        return carol(AccountState.ENABLED);
    }

    static Allowance carol(AccountState state) {
        return carol(state, SignIn.UNKNOWN);
    }

    /** @param signIn the application password printer is hers, no other */
    static Allowance carol(AccountState state, SignIn signIn) {
        var book = new AddressBook(
                List.of(
                        AllowedAddress.unbound(ON_BEHALF, Use.SEND_ON_BEHALF, Source.GRANT),
                        AllowedAddress.unbound(SEND_AS, Use.SEND_AS, Source.GRANT),
                        AllowedAddress.unbound(OWN, Use.OWN, Source.PRIMARY)),
                List.of());
        var originators = new Originators(
                "carol",
                state,
                Optional.of(new Suspension(Instant.EPOCH, "It tried 20 addresses")),
                1,
                Mode.ENFORCE,
                Optional.of(OWN),
                book,
                Map.of("printer", CredentialScope.of(Optional.empty(), List.of(), Optional.empty(), List.of())));
        return new Allowance(originators, signIn, Instant.EPOCH);
    }

    static Facts from(List<String> from, String sender) {
        return header(new Header(from, Optional.ofNullable(sender), List.of(), List.of(), List.of()));
    }

    static Facts resent(List<String> resentFrom, List<String> resentSender) {
        return header(new Header(List.of(OWN), Optional.empty(), resentFrom, resentSender, List.of()));
    }

    static Facts shown(String sender, String... displayNameAddresses) {
        return header(new Header(
                List.of(OWN), Optional.ofNullable(sender), List.of(), List.of(), List.of(displayNameAddresses)));
    }

    static Facts header(Facts.Content content) {
        return new Facts(SignIn.UNKNOWN, "", content);
    }
}
