package org.signetmail.edge.relay;

import org.apache.kafka.common.TopicPartition;

/** Where a record stands. */
record Position(TopicPartition partition, long offset) {}
