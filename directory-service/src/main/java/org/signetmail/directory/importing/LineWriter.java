package org.signetmail.directory.importing;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.signetmail.directory.DirectoryMetrics.ImportLine;
import org.signetmail.directory.account.Account;
import org.signetmail.directory.account.AccountResource;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.account.AccountStore.Outcome;
import org.signetmail.directory.account.AccountStore.Wanted;
import org.signetmail.directory.account.AccountStore.Written;
import org.signetmail.directory.credential.CredentialStore;
import org.signetmail.directory.credential.Scram;
import org.signetmail.directory.credential.Verifier;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.importing.AccountLine.Faulty;
import org.signetmail.directory.importing.AccountLine.Ready;
import org.signetmail.directory.problem.Refused;

/**
 * Writes a batch of lines. What is already so, its password too, costs two queries a batch and no write transaction;
 * verifiers, milliseconds of a core each, are derived by all cores outside of it.
 */
@Singleton
class LineWriter {
    /** What became of a line. */
    record Result(ImportLine result, Optional<Faulty> fault) {
        static Result of(Faulty faulty) {
            return new Result(ImportLine.FAILED, Optional.of(faulty));
        }
    }

    /** What is stored of the batch's accounts before it is written. */
    private record Stored(Map<String, Account> accounts, Map<String, Verifier> verifiers) {}

    /** A line on its way: decided, or to be written. */
    private sealed interface Step {
        record Decided(Result result) implements Step {}

        record ToWrite(Ready line, Wanted wanted) implements Step {}
    }

    private final Database database;
    private final AccountStore accounts;
    private final CredentialStore credentials;
    private final Scram scram;

    LineWriter(Database database, AccountStore accounts, CredentialStore credentials, Scram scram) {
        this.database = database;
        this.accounts = accounts;
        this.credentials = credentials;
        this.scram = scram;
    }

    /** Returns what became of each line, in their order. */
    List<Result> write(List<AccountLine> batch) {
        Stored stored = stored(batch);
        List<Step> steps =
                batch.parallelStream().map(line -> prepare(line, stored)).toList();
        Iterator<Result> written = put(steps).iterator();
        return steps.stream()
                .map(step -> switch (step) {
                    case Step.Decided decided -> decided.result();
                    case Step.ToWrite next -> written.next();
                })
                .toList();
    }

    /** Leaves out what occurs twice in the batch: its second line is compared with the first, not with what is stored. */
    private Stored stored(List<AccountLine> batch) {
        var once = new HashSet<String>();
        var twice = new HashSet<String>();
        var withPassword = new HashSet<String>();
        for (AccountLine line : batch) {
            if (line instanceof Ready ready) {
                String login = ready.account().login();
                if (!once.add(login)) {
                    twice.add(login);
                }
                ready.password().ifPresent(password -> withPassword.add(login));
            }
        }
        once.removeAll(twice);
        withPassword.removeAll(twice);
        return database.snapshot(connection -> new Stored(
                accounts.among(connection, once).stream().collect(Collectors.toMap(Account::login, account -> account)),
                credentials.among(connection, withPassword)));
    }

    private Step prepare(AccountLine line, Stored stored) {
        return switch (line) {
            case Faulty faulty -> new Step.Decided(Result.of(faulty));
            case Ready ready -> prepare(ready, stored);
        };
    }

    private Step prepare(Ready line, Stored stored) {
        Account account = line.account();
        try {
            var verifier = Optional.ofNullable(stored.verifiers().get(account.login()));
            Optional<Verifier> changed =
                    line.password().flatMap(password -> AccountResource.changed(scram, verifier, password));
            boolean same = changed.isEmpty() && account.equals(stored.accounts().get(account.login()));
            return same
                    ? new Step.Decided(new Result(ImportLine.UNCHANGED, Optional.empty()))
                    : new Step.ToWrite(line, new Wanted(account, changed));
        } catch (Refused e) {
            return new Step.Decided(fault(line, e));
        }
    }

    private List<Result> put(List<Step> steps) {
        List<Step.ToWrite> open = steps.stream()
                .flatMap(step -> step instanceof Step.ToWrite next ? Stream.of(next) : Stream.empty())
                .toList();
        if (open.isEmpty()) {
            return List.of();
        }
        List<Outcome> outcomes = database.write(transaction -> accounts.putAll(
                transaction, open.stream().map(Step.ToWrite::wanted).toList()));
        var results = new ArrayList<Result>();
        for (int i = 0; i < outcomes.size(); i++) {
            results.add(
                    switch (outcomes.get(i)) {
                        case Outcome.Done done -> new Result(label(done.written()), Optional.empty());
                        case Outcome.Fault fault -> fault(open.get(i).line(), fault.reason());
                    });
        }
        return results;
    }

    private static Result fault(Ready line, Refused reason) {
        return Result.of(new Faulty(line.number(), Optional.of(line.account().login()), reason));
    }

    private static ImportLine label(Written written) {
        return switch (written) {
            case CREATED -> ImportLine.CREATED;
            case CHANGED -> ImportLine.CHANGED;
            case UNCHANGED -> ImportLine.UNCHANGED;
        };
    }
}
