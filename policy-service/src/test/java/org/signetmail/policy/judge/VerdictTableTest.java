package org.signetmail.policy.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.DisplayNameAddress;
import org.signetmail.policy.check.Facts;
import org.signetmail.policy.check.Facts.Content;
import org.signetmail.policy.directory.OriginatorsAnswer;
import org.signetmail.policy.event.EventJson;
import org.signetmail.policy.judge.Verdict.Accept;
import org.signetmail.policy.judge.Verdict.Defer;
import org.signetmail.policy.judge.Verdict.Overlook;
import org.signetmail.policy.judge.Verdict.Reject;
import org.signetmail.policy.judge.Verdict.Tolerate;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Absent;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Lookup.Unavailable;
import org.signetmail.policy.originator.Originators;
import org.signetmail.policy.originator.SignIn;

/** The verdict table as text: facts in, verdict out. The README beside the files tells their columns. */
class VerdictTableTest {
    private static final Path TABLES = Path.of("src/test/resources/verdicts");
    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
    private static final int COLUMNS = 8;
    private static final int FEWEST_CASES = 250;
    private static final String ABSENT = "-";
    private static final Pattern ACCOUNT =
            Pattern.compile("(?<account>\\S+)( at (?<now>\\S+))?( from (?<host>\\S+))?( with (?<credential>\\S+))?");
    private static final Pattern DISPLAY_NAME = Pattern.compile("\"([^\"]*)\" ?");

    private final Map<String, Originators> directory = directory();

    @TestFactory
    Stream<DynamicContainer> verdicts() throws IOException {
        return tables().stream().map(this::tests);
    }

    @Test
    void noTableWasLost() throws IOException {
        assertTrue(tables().stream().mapToInt(table -> table.rows().size()).sum() >= FEWEST_CASES);
    }

    private DynamicContainer tests(Table table) {
        return DynamicContainer.dynamicContainer(
                table.name(),
                table.rows().stream()
                        .map(row -> DynamicTest.dynamicTest(row.get(0), () -> assertVerdict(table.judge(), row))));
    }

    private void assertVerdict(Judge judge, List<String> row) {
        assertEquals(COLUMNS, row.size(), () -> "Columns of " + row);
        Matcher column = ACCOUNT.matcher(row.get(1));
        assertTrue(column.matches(), row.get(1));
        String account = column.group("account");
        Instant now =
                Optional.ofNullable(column.group("now")).map(Instant::parse).orElse(NOW);
        SignIn signIn =
                SignIn.of(Optional.ofNullable(column.group("host")), Optional.ofNullable(column.group("credential")));
        Facts facts = new Facts(signIn, row.get(2).equals("<>") ? "" : row.get(2), content(row));
        Verdict verdict = judge.judge(account, facts, lookup(account), now);
        assertEquals(row.get(7), text(verdict));
    }

    private Lookup lookup(String account) {
        return switch (account) {
            case "nobody" -> new Absent();
            case "unavailable" -> new Unavailable("directory-service is unreachable");
            default -> new Found(Optional.ofNullable(directory.get(account)).orElseThrow());
        };
    }

    private static Content content(List<String> row) {
        String from = row.get(3);
        if (from.equals("?")) {
            return new Facts.Unread();
        }
        if (from.startsWith("!")) {
            String[] malformed = from.substring(1).split(": ", 2);
            return new Facts.Malformed(malformed[0], malformed[1]);
        }
        List<String> shown =
                DISPLAY_NAME.matcher(from).results().map(name -> name.group(1)).toList();
        return new Facts.Header(
                list(DISPLAY_NAME.matcher(from).replaceAll("")),
                list(row.get(4)).stream().findFirst(),
                list(row.get(5)),
                list(row.get(6)),
                shown);
    }

    private static List<String> list(String column) {
        return column.equals(ABSENT) ? List.of() : List.of(column.split(", ", -1));
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Accept _ -> "accept";
            case Overlook overlook -> "overlook " + text(overlook.violation(), Optional.empty());
            case Tolerate tolerate -> "report " + text(tolerate.violation(), tolerate.looksLike());
            case Reject reject -> "reject " + text(reject.violation(), reject.looksLike());
            case Defer defer -> "defer " + defer.what();
        };
    }

    private static String text(Violation violation, Optional<String> looksLike) {
        return violation.reason().word() + " " + violation.field() + ": "
                + violation.address().orElseGet(violation::words)
                + violation
                        .address()
                        .flatMap(_ -> violation.detail())
                        .map(words -> " (" + words + ")")
                        .orElse("")
                + looksLike.map(address -> " ~ " + address).orElse("");
    }

    private static List<Table> tables() throws IOException {
        try (Stream<Path> files = Files.list(TABLES)) {
            return files.filter(file -> file.toString().endsWith(".tsv"))
                    .sorted()
                    .map(Table::read)
                    .toList();
        }
    }

    /** One file; a line {@code @ display-name-address VALUE} sets what is configured, else the default counts. */
    private record Table(String name, Judge judge, List<List<String>> rows) {
        private static final String SETTING = "@ display-name-address ";

        static Table read(Path file) {
            try {
                List<List<String>> all = TextTable.rows(Files.readString(file)).toList();
                DisplayNameAddress setting = all.stream()
                        .map(List::getFirst)
                        .filter(first -> first.startsWith(SETTING))
                        .map(first -> first.substring(SETTING.length()).toUpperCase(Locale.ROOT))
                        .map(DisplayNameAddress::valueOf)
                        .findFirst()
                        .orElse(DisplayNameAddress.REPORT);
                return new Table(
                        file.getFileName().toString(),
                        new Judge(setting),
                        all.stream()
                                .filter(row -> !row.getFirst().startsWith("@ "))
                                .toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Map<String, Originators> directory() {
        try {
            byte[] json = Files.readAllBytes(TABLES.resolve("directory.json"));
            return Stream.of(EventJson.read(json, OriginatorsAnswer[].class))
                    .map(OriginatorsAnswer::toOriginators)
                    .collect(Collectors.toMap(Originators::account, originators -> originators));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
