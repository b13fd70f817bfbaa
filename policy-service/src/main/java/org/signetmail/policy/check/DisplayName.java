package org.signetmail.policy.check;

import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Facts.Header;
import org.signetmail.policy.originator.Allowance;
import org.signetmail.policy.originator.Mode;

/**
 * Addresses that the display names of From and Sender show are ones the account may use: many mail programs show the
 * name alone. Honest mail may name somebody else there ({@code "bob@ via the list"}), so what follows is configured.
 */
public final class DisplayName implements HeaderCheck {
    private static final String BOTH_FIELDS = From.FIELD + ", " + Sender.FIELD;

    private final DisplayNameAddress consequence;

    public DisplayName(DisplayNameAddress consequence) {
        this.consequence = consequence;
    }

    @Override
    public String name() {
        return "display-name";
    }

    @Override
    public Mode under(Mode ofTheAccount) {
        return consequence.under(ofTheAccount);
    }

    @Override
    public Answer answer(Header header, Allowance allowance) {
        if (consequence == DisplayNameAddress.ALLOW) {
            return new Pass("Display names are not looked at");
        }
        return header.displayNameAddresses().stream()
                .filter(address -> allowance.own(address).isEmpty())
                .filter(address -> allowance.onBehalf(address).isEmpty())
                .findFirst()
                .<Answer>map(address -> Violation.notAllowed(Reason.DISPLAY_NAME, field(header), address, allowance))
                .orElseGet(() -> new Pass("Display names show no address that the account may not use"));
    }

    /** The edge gathers what both fields show. */
    private static String field(Header header) {
        return header.sender().isPresent() ? BOTH_FIELDS : From.FIELD;
    }
}
