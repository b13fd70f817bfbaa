package org.signetmail.edge.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.signetmail.edge.content.Draft;
import org.signetmail.edge.content.Storage;
import org.signetmail.edge.session.Content;

/** The message that a client is sending: how its content is read, within which time, and where it is kept meanwhile. */
final class Reception implements AutoCloseable {
    private final InputBuffer input;
    private final Timekeeper time;
    private final Storage storage;
    private final Duration silence;
    private final int octetsPerSecond;
    private Optional<Chunks> chunks = Optional.empty();

    /**
     * A message in chunks.
     *
     * @param patience for all of it: a client cannot hold it for ever with small talk between chunks
     * @param since octets of the connection before it
     */
    private record Chunks(Draft draft, ChunkReader reader, Patience patience, long since) {}

    Reception(InputBuffer input, Timekeeper time, ConnectionContext context) {
        this.input = input;
        this.time = time;
        this.storage = context.storage();
        this.silence = context.dataTimeout();
        this.octetsPerSecond = context.minDataRate();
    }

    Draft draft(int maxOctets) {
        return storage.draft(maxOctets, time);
    }

    /** The content behind DATA. */
    Content data(Draft draft) throws IOException {
        time.expect(patience(), input.arrived());
        input.expectContent(true);
        Content content = new ContentReader(input).read(draft);
        input.expectContent(false);
        return content;
    }

    /** The next chunk of BDAT, which may be the first. */
    Content chunk(long octets, boolean last, int maxOctets) throws IOException {
        if (chunks.isEmpty()) {
            Draft draft = draft(maxOctets);
            chunks = Optional.of(new Chunks(draft, new ChunkReader(input, draft), patience(), input.arrived()));
        }
        expectMore();
        input.expectContent(true);
        Content content = chunks.get().reader.read(octets, last);
        input.expectContent(false);
        return content;
    }

    /** Reads past a chunk; gives false when it was cut off. */
    boolean discard(long octets) throws IOException {
        time.expect(patience(), input.arrived());
        return ChunkReader.discard(input, octets);
    }

    /** Whether a message has begun in chunks; then what is read next has the rest of its time. */
    boolean expectMore() {
        chunks.ifPresent(begun -> time.expect(begun.patience, begun.since));
        return chunks.isPresent();
    }

    private Patience patience() {
        return Patience.withRate(silence, octetsPerSecond);
    }

    /** Forgets a message in chunks that is complete, or that its client gave up. */
    @Override
    public void close() {
        chunks.ifPresent(begun -> begun.draft.close());
        chunks = Optional.empty();
    }
}
