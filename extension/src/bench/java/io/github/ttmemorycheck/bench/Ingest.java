package io.github.ttmemorycheck.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How fast native senders can send, one message a {@code send}, to the server, beside a sink that only reads: the rate
 * is that of the senders, from their start until the last {@code send} of the last one has returned.
 */
final class Ingest implements Part {

    private static final double LEAST_SHARE = 0.95;
    private static final int LIVE = 1_000;
    /** Rounds after which the server's code is compiled as it stays: some five million events. */
    private static final int WARM_UPS = 6;

    /** What one round gave: events a second, and nanoseconds on a CPU for each event. */
    private record Round(double rate, double cpu) {}

    @Override
    public List<Row> measure(Workplace place) throws IOException, InterruptedException {
        Optional<Path> sender = place.compiled("sender");
        Optional<Path> sink = place.compiled("sink");
        if (sender.isEmpty() || sink.isEmpty()) {
            return List.of(Row.missing("ingest", "there is no gcc here to compile a sender"));
        }
        List<Row> rows = new ArrayList<>();
        for (int senders : new int[] {1, 4}) {
            rows.addAll(measure(place, sender.get(), sink.get(), senders));
        }
        return rows;
    }

    private static List<Row> measure(Workplace place, Path sender, Path sink, int senders)
            throws IOException, InterruptedException {
        Path served = Workplace.socket();
        Path discarded = Workplace.socket();
        List<Round> server = new ArrayList<>();
        List<Round> bare = new ArrayList<>();
        int events = place.length().events() / senders;
        try (Programs.Running serving =
                        Programs.start(Programs.java(IngestServerRun.class, List.of(), served.toString()));
                Programs.Running discarding = Programs.start(sink.toString(), discarded.toString())) {
            serving.line();
            discarding.line();
            for (int i = 0; i < WARM_UPS + place.length().ingestRounds(); i++) {
                Round ours = round(sender, served, serving, senders, events);
                if (i >= WARM_UPS) {
                    server.add(ours);
                    bare.add(round(sender, discarded, discarding, senders, events));
                }
            }
            serving.say("count");
            long booked = Long.parseLong(serving.line());
            long sent = (long) events * senders * (WARM_UPS + place.length().ingestRounds());
            if (booked != sent) {
                throw new IOException(sent + " events were sent and " + booked + " booked");
            }
        }
        return rows(senders, server, bare);
    }

    private static List<Row> rows(int senders, List<Round> server, List<Round> bare) {
        double rate = median(server, Round::rate);
        double most = median(bare, Round::rate);
        // Machines slow down and recover between rounds: each is held against the one that followed it at once.
        double[] shares = new double[server.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = server.get(i).rate() / bare.get(i).rate();
        }
        double share = Median.of(shares);
        double cpu = median(server, Round::cpu);
        double least = median(bare, Round::cpu);
        String from = senders == 1 ? "one native sender" : senders + " native senders";
        return List.of(
                new Row(
                        "ingest from " + from + ", one message a `send`",
                        Row.number(rate) + " events/s",
                        "a bare sink in C " + Row.number(most) + " events/s",
                        Row.times(share) + " (median of " + shares.length + " pairs)",
                        Row.aim("≥ 0.95", share >= LEAST_SHARE)),
                new Row(
                        "CPU of the server for each event, " + from,
                        String.format(Locale.ROOT, "%.2f µs", cpu / 1e3),
                        String.format(Locale.ROOT, "the bare sink %.2f µs", least / 1e3),
                        Row.times(cpu / least),
                        ""));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Median.of(rounds.stream().mapToDouble(figure).toArray());
    }

    private static Round round(Path sender, Path socket, Programs.Running receiver, int senders, int events)
            throws IOException {
        List<Programs.Running> running = new ArrayList<>();
        try {
            for (int device = 0; device < senders; device++) {
                running.add(Programs.start(
                        sender.toString(), socket.toString(), "" + events, "" + LIVE, "" + device));
            }
            for (Programs.Running each : running) {
                each.line();
            }
            double cpu = receiver.cpuNanos();
            long begun = System.nanoTime();
            for (Programs.Running each : running) {
                each.say("go");
            }
            for (Programs.Running each : running) {
                each.line();
            }
            double nanos = System.nanoTime() - begun;
            double all = (double) events * senders;
            return new Round(all * 1e9 / nanos, (receiver.cpuNanos() - cpu) / all);
        } finally {
            running.forEach(Programs.Running::close);
        }
    }
}
