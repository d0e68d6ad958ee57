package io.github.ttmemorycheck.samples.worker;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The worker where there is no Python: the simulated mesh, told by lines as {@code worker.py} is. */
public final class JavaWorker {

    private final SimulatedMeshDevice mesh;
    private final Map<String, SimulatedTensor> tensors = new HashMap<>();
    private int last;

    private JavaWorker(SimulatedMeshDevice mesh) {
        this.mesh = mesh;
    }

    /**
     * Works until the input ends.
     *
     * @param arguments the socket to report to
     * @throws IOException when nobody reads the answers any more
     */
    public static void main(String[] arguments) throws IOException {
        try (SimulatedMeshDevice mesh = SimulatedMeshDevice.open(Path.of(arguments[0]));
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            JavaWorker worker = new JavaWorker(mesh);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            say(out, "hello wire java: there is no Python, so no ttnn");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(out, worker.answer(line.split(" ", -1)));
            }
        }
    }

    private static void say(FileOutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private String answer(String[] words) {
        try {
            return ("ok " + value(words)).strip();
        } catch (RuntimeException refused) {
            return "error " + String.valueOf(refused.getMessage()).replace('\n', ' ');
        }
    }

    private Object value(String[] words) {
        return switch (words[0]) {
            case "open" -> SimulatedMeshDevice.DEVICES;
            case "tensor" -> keep(tensor(MemoryKind.valueOf(words[1]), Long.parseLong(words[2]), words[3]));
            case "add" -> keep(mesh.add(tensor(words[1]), tensor(words[2])));
            case "matmul" -> keep(mesh.matmul(tensor(words[1]), tensor(words[2])));
            case "free" -> done(tensor(words[1])::deallocate);
            case "cache" -> cache(words[1]);
            case "traces" -> mesh.traceBuffersSize().orElse(0);
            case "buffers" -> buffers(mesh.allocatedBuffers().orElse(List.of()));
            case "view" ->
                mesh.memoryView(MemoryKind.valueOf(words[1]))
                        .map(JavaWorker::view)
                        .orElse("");
            case "close" -> done(mesh::close);
            default -> throw new IllegalArgumentException("there is no '" + String.join(" ", words) + "'");
        };
    }

    private Object cache(String what) {
        return switch (what) {
            case "enable" -> done(mesh::enableProgramCache);
            case "clear" -> done(mesh::clearProgramCache);
            case "disable" -> done(mesh::disableAndClearProgramCache);
            case "entries" -> mesh.numProgramCacheEntries();
            default -> throw new IllegalArgumentException("there is no 'cache " + what + "'");
        };
    }

    private static String buffers(List<AllocatedBuffer> buffers) {
        return buffers.stream()
                .map(buffer ->
                        " " + buffer.device() + ":" + buffer.kind() + ":" + buffer.address() + ":" + buffer.size())
                .collect(Collectors.joining("", String.valueOf(buffers.size()), ""));
    }

    private static String view(MemoryView view) {
        return view.banks() + " " + view.bytesPerBank() + " " + view.allocatedPerBank() + " " + view.freePerBank() + " "
                + view.largestContiguousFreePerBank();
    }

    private static String done(Runnable action) {
        action.run();
        return "";
    }

    private SimulatedTensor tensor(MemoryKind kind, long bytes, String devices) {
        return devices.equals("all") ? mesh.tensor(kind, bytes) : mesh.tensorOn(Integer.parseInt(devices), kind, bytes);
    }

    private String keep(SimulatedTensor tensor) {
        String number = String.valueOf(++last);
        tensors.put(number, tensor);
        return number;
    }

    private SimulatedTensor tensor(String number) {
        SimulatedTensor tensor = tensors.get(number);
        if (tensor == null) {
            throw new IllegalArgumentException("there is no tensor " + number);
        }
        return tensor;
    }
}
