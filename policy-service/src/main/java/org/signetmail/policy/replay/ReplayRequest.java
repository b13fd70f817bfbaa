package org.signetmail.policy.replay;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.signetmail.policy.explain.ProposedGrant;

/** What is to be judged anew, and what is proposed. Nothing of it is written to the directory. */
public record ReplayRequest(
        @Schema(description = "How far to go back; as far as signet.submissions is kept", minimum = "1", maximum = "31")
        Optional<Integer> days,

        @Schema(
                description = "Proposed mode; absent, each account is judged in its own",
                enumeration = {"enforce", "report", "off"})
        Optional<String> mode,

        @Schema(description = "Only accounts whose primary address is in one of these; absent, all accounts")
        List<String> domains,

        @Schema(
                description = "Proposed signet.display-name-address; absent, the configured one",
                enumeration = {"reject", "report", "allow"})
        Optional<String> displayNameAddress,

        @Schema(description = "Proposed grants") List<ProposedGrant> grants,

        @Schema(description = "Proposed addresses of accounts")
        List<Address> addresses) {
    public ReplayRequest {
        domains = domains == null ? List.of() : List.copyOf(domains);
        grants = grants == null ? List.of() : List.copyOf(grants);
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
    }

    /** One more address of the account's own. */
    @Schema(name = "ProposedAddress")
    public record Address(String account, String address) {}
}
