package org.signetmail.directory.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.signetmail.directory.account.AccountBody;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.importing.BoundedLines.Line;
import org.signetmail.directory.problem.JsonFault;
import org.signetmail.directory.problem.Refused;

/** Makes an account of a line. */
@Singleton
class LineReader {
    private final ObjectMapper json;

    LineReader(ObjectMapper json) {
        this.json = json;
    }

    AccountLine read(Line line) {
        return switch (line) {
            case Line.TooLong tooLong ->
                new AccountLine.Faulty(
                        tooLong.number(), Optional.empty(), Refused.invalid(null, "The line is longer than 256 KiB"));
            case Line.Text text -> read(text);
        };
    }

    private AccountLine read(Line.Text line) {
        Optional<String> login = Optional.empty();
        try {
            AccountBody body = json.readValue(line.octets(), AccountBody.class);
            if (body == null) {
                throw Refused.invalid(null, "The line holds no account");
            }
            login = body.login();
            Login name = login.flatMap(Login::of)
                    .orElseThrow(() -> Refused.invalid("login", "A login has 1 to 64 of A-Z a-z 0-9 . _ @ -"));
            return new AccountLine.Ready(line.number(), body.as(name), body.password());
        } catch (Refused e) {
            return new AccountLine.Faulty(line.number(), login, e);
        } catch (JsonProcessingException e) {
            return new AccountLine.Faulty(line.number(), login, JsonFault.of(e));
        } catch (IOException e) {
            throw new UncheckedIOException("Octets in memory could not be read", e);
        }
    }
}
