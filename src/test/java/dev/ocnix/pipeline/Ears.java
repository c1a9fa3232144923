package dev.ocnix.pipeline;

import java.util.List;

/** Hears what a user would read; nobody watches progress. */
record Ears(List<String> infos, List<String> warnings) implements Listener {
    @Override
    public void info(String message) {
        infos.add(message);
    }

    @Override
    public void warn(String message) {
        warnings.add(message);
    }

    @Override
    public void progress(int done, int total, long bytes, String host) {}

    @Override
    public void progressOver() {}
}
