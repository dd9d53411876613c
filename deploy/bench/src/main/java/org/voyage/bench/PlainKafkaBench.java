package org.voyage.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Measurement of messages at the same rate from a plain producer to a plain consumer: the minimum latency of Kafka. */
class PlainKafkaBench {

    private static final String TOPIC = "bench.bare";
    private static final int MESSAGE_BYTES = 700;

    private final BenchKafka kafka;

    PlainKafkaBench(BenchKafka kafka) {
        this.kafka = kafka;
    }

    void createTopic() throws Exception {
        kafka.createTopic(TOPIC);
    }

    void measureLatency(int perSecond, int seconds, LatencySample fromAcknowledgement, LatencySample fromSending)
            throws InterruptedException {
        int messages = perSecond * seconds;
        AtomicLongArray sent = new AtomicLongArray(messages);
        AtomicLongArray acknowledged = new AtomicLongArray(messages);
        AtomicLongArray seen = new AtomicLongArray(messages);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(2 * messages);
        Thread reader = Thread.ofPlatform().daemon().name("bare").start(() -> readMessages(seen, reading, open));
        byte[] content = "x".repeat(MESSAGE_BYTES).getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<String, byte[]> producer = kafka.openProducer()) {
            producer.partitionsFor(TOPIC);
            reading.await();
            long start = System.nanoTime();
            for (int i = 0; i < messages; i++) {
                int message = i;
                FixedRatePacer.awaitTurn(start, i, perSecond);
                sent.set(i, System.nanoTime());
                producer.send(new ProducerRecord<>(TOPIC, Integer.toString(i), content), (place, failure) -> {
                    acknowledged.set(message, System.nanoTime());
                    open.countDown();
                });
            }
            if (!open.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Kafka did not hand over " + open.getCount() + " messages");
            }
            reader.join();
        }
        for (int i = 0; i < messages; i++) {
            fromAcknowledgement.addLatency(seen.get(i) - acknowledged.get(i));
            fromSending.addLatency(seen.get(i) - sent.get(i));
        }
    }

    private void readMessages(AtomicLongArray seen, CountDownLatch reading, CountDownLatch open) {
        try (KafkaConsumer<String, byte[]> consumer = kafka.openConsumer()) {
            consumer.assign(IntStream.range(0, BenchKafka.PARTITION_COUNT)
                    .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                    .toList());
            consumer.seekToEnd(consumer.assignment());
            consumer.assignment().forEach(consumer::position);
            reading.countDown();
            int left = seen.length();
            while (left > 0) {
                for (var message : consumer.poll(Duration.ofMillis(200))) {
                    seen.set(Integer.parseInt(message.key()), System.nanoTime());
                    open.countDown();
                    left--;
                }
            }
        }
    }
}
