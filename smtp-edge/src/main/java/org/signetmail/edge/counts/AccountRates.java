package org.signetmail.edge.counts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.auth.AccountLimits;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;
import org.signetmail.edge.session.Intake;
import org.signetmail.edge.session.Quota;
import org.signetmail.edge.session.Submission;

/**
 * Messages and recipients of an account by hour and day. What was accepted counts, on all edges; what is in hand at this edge
 * is reserved, so that sessions side by side do not pass a limit together. Where there is no limit nothing is counted.
 */
@ApplicationScoped
public class AccountRates implements Quota {
    private final Counts counts;
    private final EdgeConfig.Rate defaults;
    private final EdgeMetrics metrics;

    /** In hand at this edge, by account. */
    private final Map<String, Integer> messages = new ConcurrentHashMap<>();

    private final Map<String, Integer> recipients = new ConcurrentHashMap<>();

    @Inject
    public AccountRates(Counts counts, EdgeConfig config, EdgeMetrics metrics) {
        this.counts = counts;
        this.defaults = config.rate();
        this.metrics = metrics;
    }

    @Override
    public Optional<Instant> noMessageBefore(String account, AccountLimits limits) {
        return noted(before(messageLimits(limits), account, messages.getOrDefault(account, 0) + 1));
    }

    @Override
    public Optional<Instant> noRecipientsBefore(String account, AccountLimits limits, int number) {
        return noted(before(recipientLimits(limits), account, recipients.getOrDefault(account, 0) + number));
    }

    /** Hands messages on as long as their accounts may send them. */
    public Intake within(Intake intake) {
        return submission -> take(submission, intake);
    }

    private Answer take(Submission submission, Intake intake) {
        String account = submission.account();
        int number = submission.transaction().forwardPaths().size();
        List<Limit> ofMessages = messageLimits(submission.limits());
        List<Limit> ofRecipients = recipientLimits(submission.limits());
        int messagesInHand = messages.merge(account, 1, Integer::sum);
        int recipientsInHand = recipients.merge(account, number, Integer::sum);
        try {
            Optional<Instant> noMessage = noted(before(ofMessages, account, messagesInHand));
            if (noMessage.isPresent()) {
                return Answer.of(Replies.messageRateExceeded(noMessage.get()));
            }
            Optional<Instant> noRecipients = noted(before(ofRecipients, account, recipientsInHand));
            if (noRecipients.isPresent()) {
                return Answer.of(Replies.recipientRateExceeded(noRecipients.get()));
            }
            Answer answer = intake.take(submission);
            if (answer.reply().isPositive()) {
                ofMessages.forEach(limit -> counts.add(new Key(limit.kind, account), 1));
                ofRecipients.forEach(limit -> counts.add(new Key(limit.kind, account), number));
            }
            return answer;
        } finally {
            messages.computeIfPresent(account, (_, before) -> before > 1 ? Integer.valueOf(before - 1) : null);
            recipients.computeIfPresent(
                    account, (_, before) -> before > number ? Integer.valueOf(before - number) : null);
        }
    }

    /** From when on the account may have so many more; empty when it may now. */
    private Optional<Instant> before(List<Limit> limits, String account, int more) {
        return limits.stream()
                .map(limit -> counts.below(new Key(limit.kind, account), limit.most - more + 1))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    private Optional<Instant> noted(Optional<Instant> before) {
        if (before.isPresent()) {
            metrics.rateExceeded();
        }
        return before;
    }

    private record Limit(Kind kind, long most) {}

    private List<Limit> messageLimits(AccountLimits limits) {
        return limits(
                limit(Kind.MESSAGES_AN_HOUR, limits.messagesPerHour(), defaults.messagesPerHour()),
                limit(Kind.MESSAGES_A_DAY, limits.messagesPerDay(), defaults.messagesPerDay()));
    }

    private List<Limit> recipientLimits(AccountLimits limits) {
        return limits(
                limit(Kind.RECIPIENTS_AN_HOUR, limits.recipientsPerHour(), defaults.recipientsPerHour()),
                limit(Kind.RECIPIENTS_A_DAY, limits.recipientsPerDay(), defaults.recipientsPerDay()));
    }

    private static Limit limit(Kind kind, OptionalLong ofAccount, long byDefault) {
        return new Limit(kind, ofAccount.orElse(byDefault));
    }

    /** 0 is no limit. */
    private static List<Limit> limits(Limit... limits) {
        return Stream.of(limits).filter(limit -> limit.most > 0).toList();
    }
}
