package org.signetmail.directory.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.originators;
import static org.signetmail.directory.parts.Client.put;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.changes.DirectoryChange.Kind;
import org.signetmail.directory.changes.FeedReader.Received;
import org.signetmail.directory.parts.Parts;

/** From the REST request to the topic, in the running service. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class FeedTest {
    private final String bootstrapServers =
            ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);

    @Test
    void aChangeIsOnTheFeedBeforeAHeartbeatThatIsYounger() {
        try (FeedReader feed = FeedReader.fromEnd(bootstrapServers)) {
            putAccount("feed-a", "{'addresses':[{'address':'a@feed.test','primary':true}]}")
                    .statusCode(201);
            Instant committed = Instant.now();
            List<Received> received = feed.receiveThrough(next ->
                    next.change().kind() == Kind.HEARTBEAT && next.change().at().isAfter(committed));
            Received change = received.stream()
                    .filter(next -> next.key().equals("feed-a"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("org.signetmail.directory-change.v1", change.type());
            originators("feed-a").header("ETag", "\"" + change.change().version() + "\"");
            assertTrue(received.getLast().change().version() >= change.change().version());
        }
    }

    @Test
    void whoeverIsConcernedIsOnTheFeed() {
        putAccount("feed-shared", "{'addresses':[{'address':'shared@feed.test','primary':true}]}")
                .statusCode(201);
        putAccount("feed-user", "{}").statusCode(201);
        try (FeedReader feed = FeedReader.fromEnd(bootstrapServers)) {
            String grant = "{\"account\":\"feed-user\",\"type\":\"send-as\",\"target\":\"account:feed-shared\"}";
            String location = as("admin").body(grant).post("/api/v1/grants").header("Location");
            feed.receiveThrough(next -> next.key().equals("feed-user"));
            putAccount("feed-shared", "{'addresses':[{'address':'new@feed.test','primary':true}]}")
                    .statusCode(200);
            feed.receiveThrough(next -> next.key().equals("feed-user"));
            feed.receiveThrough(next -> next.key().equals("feed-shared"));
            put("/api/v1/domains/feed.test", "{'mode':'report'}").statusCode(201);
            feed.receiveThrough(next -> next.key().equals("*domain:feed.test"));
            as("admin").delete(location).then().statusCode(204);
            feed.receiveThrough(next -> next.key().equals("feed-user"));
            as("admin").delete("/api/v1/accounts/feed-shared").then().statusCode(204);
            feed.receiveThrough(next -> next.key().equals("feed-shared"));
        }
    }

    @Test
    void whatChangesNothingIsNotOnTheFeed() {
        String same = "{'addresses':[{'address':'same@feed.test','primary':true}]}";
        try (FeedReader feed = FeedReader.fromEnd(bootstrapServers)) {
            putAccount("feed-same", same).statusCode(201);
            feed.receiveThrough(next -> next.key().equals("feed-same"));
            putAccount("feed-same", same).statusCode(200);
            putAccount("feed-mark", "{}").statusCode(201);
            List<Received> received = feed.receiveThrough(next -> next.key().equals("feed-mark"));
            assertFalse(received.stream().anyMatch(next -> next.key().equals("feed-same")));
        }
    }
}
