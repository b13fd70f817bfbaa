package org.signetmail.policy.submission;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * Where the edge that asked reads its verdicts. A partition that does not exist is found out here: the producer would
 * wait for it, and with it every other verdict.
 */
@ApplicationScoped
public class ReplyPartitions {
    private static final Logger LOG = Logger.getLogger(ReplyPartitions.class);
    static final String TOPIC = "signet.verdicts";
    static final String HEADER = "signet_reply_partition";

    private final VerdictProducer producer;

    ReplyPartitions(VerdictProducer producer) {
        this.producer = producer;
    }

    /** Empty when the record names no partition of signet.verdicts, or the broker does not say which there are. */
    OptionalInt of(ConsumerRecord<String, byte[]> submission) {
        Header header = submission.headers().lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return OptionalInt.empty();
        }
        String digits = new String(header.value(), StandardCharsets.US_ASCII);
        if (!digits.matches("[0-9]{1,6}")) {
            return OptionalInt.empty();
        }
        int partition = Integer.parseInt(digits);
        try {
            return partition < producer.partitions(TOPIC) ? OptionalInt.of(partition) : OptionalInt.empty();
        } catch (KafkaException e) {
            LOG.warnf("The partitions of %s are not known: %s", TOPIC, e.getMessage());
            return OptionalInt.empty();
        }
    }
}
