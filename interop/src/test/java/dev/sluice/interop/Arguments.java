package dev.sluice.interop;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a command, out of several lists. */
final class Arguments {

    private Arguments() {}

    @SafeVarargs
    static List<String> of(List<String>... parts) {
        List<String> all = new ArrayList<>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
