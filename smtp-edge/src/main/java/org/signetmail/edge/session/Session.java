package org.signetmail.edge.session;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.signetmail.edge.auth.AccountLimits;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.auth.SaslExchange;
import org.signetmail.edge.auth.ScramVerifier;
import org.signetmail.edge.auth.SecureChannel;
import org.signetmail.edge.command.Command;
import org.signetmail.edge.command.CommandParser;
import org.signetmail.edge.command.MailParameters;
import org.signetmail.edge.command.Precondition;
import org.signetmail.edge.command.Verb;
import org.signetmail.edge.content.StoredMessage;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;

/**
 * One SMTP session without I/O (RFC 5321, 6409, 4954, 3207): lines in, outcomes out. Whoever owns the socket does what
 * the outcome says and brings the result back. Not thread-safe; a session belongs to one connection.
 */
public final class Session {
    private static final long LARGEST_MESSAGE = 1L << 30; // whatever anybody grants: it must fit in an array

    private final SessionSettings settings;
    private final InetAddress client;

    private Optional<SecureChannel> tls;
    private Optional<String> helo = Optional.empty();
    private boolean esmtp;
    private Optional<Authentication.Granted> signedIn = Optional.empty();
    private Optional<SaslConversation> sasl = Optional.empty();
    private Optional<Transaction> transaction = Optional.empty();
    private Optional<Verb> verb = Optional.empty();
    private int authFailures;
    private int errors;
    private int idleCommands;

    public Session(SessionSettings settings, InetAddress client, Optional<SecureChannel> tls) {
        this.settings = settings;
        this.client = client;
        this.tls = tls;
    }

    public Reply greeting() {
        return Replies.greeting(settings.serverName());
    }

    /** The command that is being answered, or was last; none before the first, or where a line was none. */
    public Optional<Verb> verb() {
        return verb;
    }

    /** Whether the next line is a SASL response: it is longer than commands may be, and secret. */
    public boolean expectsSecret() {
        return sasl.isPresent();
    }

    /** Whether a transaction is open, which a server that shuts down lets finish. */
    public boolean inTransaction() {
        return transaction.isPresent();
    }

    /** Whether a message has begun in chunks, of which more are to come. */
    public boolean expectsChunk() {
        return transaction.isPresent() && transaction.get().chunk();
    }

    /** Octets of a message that whoever is signed in may submit. */
    public long maxMessageSize() {
        return Math.min(limits().maxMessageSize().orElse(settings.maxMessageSize()), LARGEST_MESSAGE);
    }

    /** Of a chunk that is refused, for the session to go on; a client that announces more than that is lost anyway. */
    private long mostDiscarded() {
        return 2 * maxMessageSize();
    }

    public Optional<String> account() {
        return signedIn.map(Authentication.Granted::account);
    }

    /** What the directory grants whoever signed in; nothing of its own before that. */
    AccountLimits limits() {
        return signedIn.map(Authentication.Granted::limits).orElse(AccountLimits.NONE);
    }

    /** Takes the next line. {@link Line.End} is the connection's affair and answered by closing. */
    public Outcome on(Line line) {
        if (sasl.isEmpty()) {
            verb = Optional.empty();
        }
        return switch (line) {
            case Line.Text(String octets)
            when sasl.isPresent() -> perform(sasl.get().respond(octets));
            case Line.Text(String octets) -> on(CommandParser.parse(octets));
            case Line.TooLong(String beginning) -> lineTooLong(beginning);
            case Line.Broken() -> new Outcome.Close(Replies.BARE_LINE_END);
            case Line.End() -> new Outcome.Close(Replies.BYE);
        };
    }

    private Outcome lineTooLong(String beginning) {
        boolean authenticating = sasl.isPresent();
        sasl = Optional.empty();
        if (!authenticating && CommandParser.parse(beginning).verb() == Verb.BDAT) {
            return new Outcome.Close(Replies.LINE_TOO_LONG); // how much content follows cannot be told
        }
        return refuse(authenticating ? Replies.AUTH_TOO_LONG : Replies.LINE_TOO_LONG);
    }

    Outcome on(Command command) {
        verb = Optional.of(command.verb());
        if (leadsNowhere(command.verb()) && ++idleCommands > settings.maxIdleCommands()) {
            return new Outcome.Close(Replies.TOO_MANY_IDLE_COMMANDS);
        }
        for (Precondition precondition : command.verb().preconditions()) {
            if (!precondition.holds(progress())) {
                return refuse(command, precondition.refusal());
            }
        }
        return switch (command) {
            case Command.Ehlo(String domain) -> hello(domain, true, ehlo());
            case Command.Helo(String domain) -> hello(domain, false, Replies.helo(settings.serverName()));
            case Command.Auth auth -> auth(auth);
            case Command.Mail mail -> mail(mail);
            case Command.Rcpt rcpt -> rcpt(rcpt);
            case Command.Bdat bdat -> bdat(bdat);
            case Command.Malformed(Verb _, Reply refusal) -> refuse(command, refusal);
            case Command.Plain(Verb verb) -> plain(verb);
        };
    }

    /** What can be said again and again and is refused to nobody. */
    private static boolean leadsNowhere(Verb verb) {
        return switch (verb) {
            case EHLO, HELO, RSET, NOOP, VRFY, HELP -> true;
            case STARTTLS, AUTH, MAIL, RCPT, DATA, BDAT, QUIT, NOT_IMPLEMENTED, UNKNOWN -> false;
        };
    }

    private Outcome plain(Verb verb) {
        return switch (verb) {
            case STARTTLS -> new Outcome.StartTls(Replies.START_TLS);
            case DATA -> new Outcome.ReceiveContent(Replies.START_CONTENT);
            case RSET -> {
                transaction = Optional.empty();
                yield new Outcome.Say(Replies.RESET);
            }
            case NOOP -> new Outcome.Say(Replies.NOTHING_DONE);
            case VRFY -> new Outcome.Say(Replies.NOT_VERIFIED);
            case HELP -> new Outcome.Say(Replies.HELP);
            case QUIT -> new Outcome.Close(Replies.BYE);
            case NOT_IMPLEMENTED -> refuse(Replies.NOT_IMPLEMENTED);
            case UNKNOWN, EHLO, HELO, AUTH, MAIL, RCPT, BDAT -> refuse(Replies.UNKNOWN_COMMAND);
        };
    }

    private Reply ehlo() {
        return Replies.ehlo(
                settings.serverName(),
                EhloKeywords.of(
                        settings,
                        progress(),
                        maxMessageSize(),
                        settings.mechanisms().offered(tls)));
    }

    /** RFC 5321 section 4.1.4: EHLO and HELO end a transaction as RSET does. */
    private Outcome hello(String domain, boolean extended, Reply reply) {
        helo = Optional.of(domain);
        esmtp = extended;
        transaction = Optional.empty();
        return new Outcome.Say(reply);
    }

    /** TLS stands. RFC 3207 section 4.2: whatever the client said before is forgotten. */
    public void tlsStarted(SecureChannel channel) {
        tls = Optional.of(channel);
        helo = Optional.empty();
        esmtp = false;
        signedIn = Optional.empty();
        transaction = Optional.empty();
    }

    private Outcome auth(Command.Auth command) {
        Optional<SaslExchange> exchange = settings.mechanisms().exchange(command.mechanism(), tls);
        if (exchange.isEmpty()) {
            return refuse(Replies.MECHANISM_UNKNOWN);
        }
        sasl = Optional.of(new SaslConversation(exchange.get(), client));
        return perform(sasl.get().begin(command.initialResponse()));
    }

    /** The result of {@link Outcome.LookUp}; empty when the directory does not answer. */
    public Outcome lookedUp(Optional<ScramVerifier> verifier) {
        return perform(sasl.orElseThrow().lookedUp(verifier));
    }

    /** The result of {@link Outcome.Authenticate}. */
    public Outcome authenticated(Authentication authentication) {
        return perform(sasl.orElseThrow().decided(authentication));
    }

    private Outcome perform(SaslConversation.Turn turn) {
        return switch (turn) {
            case SaslConversation.Turn.GoOn(Outcome outcome) -> outcome;
            case SaslConversation.Turn.Broken(Reply refusal) -> {
                sasl = Optional.empty();
                yield refuse(refusal);
            }
            case SaslConversation.Turn.Decided(Authentication authentication) -> {
                sasl = Optional.empty();
                yield signIn(authentication);
            }
        };
    }

    private Outcome signIn(Authentication authentication) {
        return switch (authentication) {
            case Authentication.Granted granted -> {
                signedIn = Optional.of(granted);
                yield new Outcome.Say(Replies.AUTHENTICATED);
            }
            case Authentication.Denied() -> {
                authFailures++;
                yield authFailures >= settings.maxAuthFailures()
                        ? new Outcome.Close(Replies.TOO_MANY_AUTH_FAILURES)
                        : refuse(Replies.CREDENTIALS_INVALID);
            }
            case Authentication.Unavailable() -> new Outcome.Say(Replies.AUTH_UNAVAILABLE);
        };
    }

    private Outcome mail(Command.Mail command) {
        MailParameters asked = command.parameters();
        Instant now = settings.clock().instant();
        Optional<Instant> holdUntil = asked.hold().map(hold -> hold.from(now));
        Optional<Reply> refusal = MailRules.refusal(asked, maxMessageSize(), tls.isPresent())
                .or(() -> holdUntil.flatMap(instant -> MailRules.refusal(instant, now, settings)));
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        Optional<Instant> notBefore = settings.quota().noMessageBefore(account().orElseThrow(), limits());
        if (notBefore.isPresent()) {
            return new Outcome.Say(Replies.messageRateExceeded(notBefore.get()));
        }
        transaction = Optional.of(Transaction.of(command, holdUntil, now));
        return new Outcome.Say(Replies.SENDER_OK);
    }

    private Outcome rcpt(Command.Rcpt command) {
        Transaction open = transaction.orElseThrow();
        if (open.recipients().size() >= settings.maxRecipients()) {
            return new Outcome.Say(Replies.TOO_MANY_RECIPIENTS);
        }
        if (!open.smtputf8() && command.forwardPath().address().chars().anyMatch(c -> c > 127)) {
            return refuse(Replies.RECIPIENT_NEEDS_SMTPUTF8);
        }
        Optional<Instant> notBefore = settings.quota()
                .noRecipientsBefore(
                        account().orElseThrow(), limits(), open.recipients().size() + 1);
        if (notBefore.isPresent()) {
            return new Outcome.Say(Replies.recipientRateExceeded(notBefore.get()));
        }
        transaction = Optional.of(open.plus(command));
        return new Outcome.Say(Replies.RECIPIENT_OK);
    }

    private Outcome bdat(Command.Bdat command) {
        if (command.octets() > mostDiscarded()) {
            return new Outcome.Close(Replies.MESSAGE_TOO_BIG);
        }
        transaction = transaction.map(Transaction::afterChunk);
        return new Outcome.ReceiveChunk(command.octets(), command.last());
    }

    /** The result of {@link Outcome.ReceiveContent} and {@link Outcome.ReceiveChunk}. */
    public Outcome received(Content content) {
        Transaction open = transaction.orElseThrow();
        if (!(content instanceof Content.Chunk)) {
            transaction = Optional.empty();
        }
        return switch (content) {
            case Content.Chunk(long octets) -> new Outcome.Say(Replies.chunkReceived(octets));
            case Content.Message(StoredMessage message) -> new Outcome.Submit(submission(open, message));
            case Content.TooBig() -> refuse(Replies.MESSAGE_TOO_BIG);
            case Content.HeaderTooBig() -> refuse(Replies.HEADER_TOO_BIG);
            case Content.NoRoom() -> new Outcome.Say(Replies.NO_ROOM);
            case Content.Broken() -> new Outcome.Close(Replies.BARE_LINE_END);
            case Content.Cut() -> new Outcome.Close(Replies.CUT_OFF);
        };
    }

    private Submission submission(Transaction envelope, StoredMessage message) {
        Authentication.Granted submitter = signedIn.orElseThrow();
        return new Submission(
                submitter.account(),
                submitter.credential(),
                submitter.limits(),
                helo.orElseThrow(),
                esmtp,
                client,
                tls.map(SecureChannel::protocol),
                envelope,
                message);
    }

    /** The result of {@link Outcome.Submit}. */
    public Outcome answered(Answer answer) {
        if (answer.close()) {
            return new Outcome.Close(answer.reply());
        }
        if (answer.reply().isPositive()) {
            errors = 0;
            idleCommands = 0;
        }
        return new Outcome.Say(answer.reply());
    }

    /** RFC 3030 section 2: a refused chunk is read past. Where its end is not known, what follows is no command. */
    private Outcome refuse(Command command, Reply reply) {
        if (command instanceof Command.Bdat(long octets, boolean _) && octets <= mostDiscarded()) {
            return new Outcome.Discard(octets, refuse(reply));
        }
        return command.verb() == Verb.BDAT ? new Outcome.Close(reply) : refuse(reply);
    }

    private Outcome refuse(Reply reply) {
        errors++;
        return errors >= settings.maxErrors() ? new Outcome.Close(Replies.TOO_MANY_ERRORS) : new Outcome.Say(reply);
    }

    private Precondition.Progress progress() {
        return new Precondition.Progress(
                helo.isPresent(),
                esmtp,
                settings.tlsOffered(),
                tls.isPresent(),
                settings.plaintextAuthAllowed(),
                signedIn.isPresent(),
                transaction.isPresent(),
                transaction.isPresent() && !transaction.get().recipients().isEmpty(),
                expectsChunk());
    }
}
