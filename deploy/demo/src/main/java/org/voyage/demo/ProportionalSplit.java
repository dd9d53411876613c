package org.voyage.demo;

import java.util.Arrays;

/** Split of a total into whole numbers by weights; a part without weight gets nothing. */
final class ProportionalSplit {

    private ProportionalSplit() {}

    static int[] splitTotal(int total, int[] weights) {
        long sum = Arrays.stream(weights).asLongStream().sum();
        int[] shares = Arrays.stream(weights)
                .map(weight -> (int) ((long) total * weight / sum))
                .toArray();
        int left = total - Arrays.stream(shares).sum();
        for (int i = 0; left > 0; i = (i + 1) % shares.length) {
            if (weights[i] > 0) {
                shares[i]++;
                left--;
            }
        }
        return shares;
    }
}
