package dev.ocnix.fetch;

import dev.ocnix.model.OcnixException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Many like tasks at a time, on threads that do not keep a JVM alive. */
public final class SideBySide {
    private SideBySide() {}

    /**
     * Does a task for each item.
     *
     * @param most how many at a time, at least 1
     * @param what is done, for the message if somebody interrupts it, such as {@code The download of the tarballs}
     * @return the results in the order of the items
     * @throws OcnixException only if the calling thread is interrupted
     */
    public static <T, R> List<R> map(Collection<T> items, int most, String what, Function<T, R> task)
            throws OcnixException {
        if (items.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(most, items.size()), new Daemons());
        try {
            List<Future<R>> futures = new ArrayList<>();
            for (T item : items) {
                futures.add(threads.submit(() -> task.apply(item)));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OcnixException.outside(what + " was interrupted; run again.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class Daemons implements ThreadFactory {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, "ocnix-fetch-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }
}
