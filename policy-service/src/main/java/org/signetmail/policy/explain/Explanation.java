package org.signetmail.policy.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.signetmail.policy.event.Explained;
import org.signetmail.policy.event.VerdictEvent;
import org.signetmail.policy.judge.Finding;
import org.signetmail.policy.judge.Mend;
import org.signetmail.policy.judge.Summary;
import org.signetmail.policy.judge.Verdict;
import org.signetmail.policy.originator.AllowedAddress;
import org.signetmail.policy.originator.Network;
import org.signetmail.policy.originator.Originators;
import org.signetmail.policy.originator.SignIn;
import org.signetmail.policy.originator.Use;

/**
 * The verdict that a submission would get now, and why.
 *
 * @param rules what each rule answers by itself, whatever the mode; the first that does not pass decides
 * @param addresses what the directory gives the account, also what does not count now or here
 * @param mend absent when mode enforce would accept it
 */
public record Explanation(
        String account,
        Instant judgedAt,
        @Schema(enumeration = {"accept", "reject"}) String outcome,
        @Schema(enumeration = {"enforce", "report", "off"}) String mode,
        Optional<VerdictEvent.Violation> violation,
        long directoryVersion,
        Optional<String> primaryAddress,
        List<Explained.Rule> rules,
        List<Address> addresses,
        Optional<Grants> mend) {

    static Explanation of(
            Originators originators, SignIn signIn, Verdict verdict, List<Finding> findings, Mend mend, Instant now) {
        Summary summary = Summary.of(verdict);
        return new Explanation(
                originators.account(),
                now,
                summary.outcome(),
                originators.mode().word(),
                summary.violation().map(VerdictEvent.Violation::of),
                originators.version(),
                originators.primaryAddress(),
                findings.stream().map(Explained.Rule::of).toList(),
                originators.addresses().addresses().stream()
                        .map(address -> Address.of(address, signIn, now))
                        .toList(),
                mend.refusals().isEmpty() ? Optional.empty() : Optional.of(Grants.of(originators.account(), mend)));
    }

    /**
     * What would have to be granted.
     *
     * @param suffices whether the message would then be accepted, in mode enforce
     */
    @Schema(name = "Mend")
    public record Grants(List<ProposedGrant> grants, boolean suffices) {
        private static Grants of(String account, Mend mend) {
            return new Grants(
                    mend.addresses().stream()
                            .map(address -> new ProposedGrant(account, Use.SEND_AS.word(), address))
                            .toList(),
                    mend.suffices());
        }
    }

    /**
     * @param through groups as group:name, by which a grant comes, from the one that the account is a member of
     * @param countsNow whether it may be used at this moment, from this host and with this credential
     */
    public record Address(
            String address,

            @Schema(enumeration = {"own", "send-as", "send-on-behalf"})
            String use,

            @Schema(enumeration = {"primary", "secondary", "grant"})
            String source,

            Optional<String> grantId,
            List<String> through,
            Optional<Instant> validFrom,
            Optional<Instant> validUntil,
            List<String> networks,
            Optional<String> credential,
            boolean countsNow) {
        private static Address of(AllowedAddress allowed, SignIn signIn, Instant now) {
            return new Address(
                    allowed.address(),
                    allowed.use().word(),
                    allowed.source().word(),
                    allowed.grantId(),
                    allowed.through(),
                    allowed.validFrom(),
                    allowed.validUntil(),
                    allowed.networks().stream().map(Network::toString).toList(),
                    allowed.credential(),
                    allowed.obstacle(signIn, now).isEmpty());
        }
    }
}
