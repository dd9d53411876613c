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

/** Messages at the same pace from a plain producer to a plain consumer: the least that the way by Kafka takes. */
class BareKafka {

    private static final String TOPIC = "bench.bare";
    private static final int SIZE = 700;

    private final Kafka kafka;

    BareKafka(Kafka kafka) {
        this.kafka = kafka;
    }

    void create() throws Exception {
        kafka.create(TOPIC);
    }

    void run(int perSecond, int seconds, Latencies fromAcknowledgement, Latencies fromSending)
            throws InterruptedException {
        int messages = perSecond * seconds;
        AtomicLongArray sent = new AtomicLongArray(messages);
        AtomicLongArray acknowledged = new AtomicLongArray(messages);
        AtomicLongArray seen = new AtomicLongArray(messages);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(2 * messages);
        Thread reader = Thread.ofPlatform().daemon().name("bare").start(() -> read(seen, reading, open));
        byte[] content = "x".repeat(SIZE).getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<String, byte[]> producer = kafka.producer()) {
            producer.partitionsFor(TOPIC);
            reading.await();
            long start = System.nanoTime();
            for (int i = 0; i < messages; i++) {
                int message = i;
                Pace.await(start, i, perSecond);
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
            fromAcknowledgement.add(seen.get(i) - acknowledged.get(i));
            fromSending.add(seen.get(i) - sent.get(i));
        }
    }

    private void read(AtomicLongArray seen, CountDownLatch reading, CountDownLatch open) {
        try (KafkaConsumer<String, byte[]> consumer = kafka.consumer()) {
            consumer.assign(IntStream.range(0, Kafka.PARTITIONS)
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
