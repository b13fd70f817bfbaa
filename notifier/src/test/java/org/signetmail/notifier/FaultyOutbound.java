package org.signetmail.notifier;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.signetmail.notifier.outbox.KafkaOutbound;
import org.signetmail.notifier.outbox.Outbound;
import org.signetmail.notifier.outbox.Outbox;

/** The real way to Kafka, except that on demand it fails after the acknowledgement: as if the notifier died there. */
@Alternative
@Priority(1)
@Singleton
public class FaultyOutbound implements Outbound {
    private final KafkaOutbound real;
    private final AtomicInteger deaths = new AtomicInteger();

    FaultyOutbound(KafkaOutbound real) {
        this.real = real;
    }

    void dieAfterTheNextAcknowledgement() {
        deaths.set(1);
    }

    @Override
    public void publish(List<Outbox.Pending> mails) throws Unpublished {
        real.publish(mails);
        if (deaths.getAndSet(0) > 0) {
            throw new Unpublished("Died between acknowledgement and mark", null);
        }
    }
}
