package dev.sluice.fuzz;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** All targets by name. */
final class FuzzTargets {

    private FuzzTargets() {}

    static Map<String, FuzzTarget> all() {
        Map<String, FuzzTarget> all = new TreeMap<>();
        all.putAll(RtpTargets.all());
        all.putAll(HeaderExtensionTargets.all());
        all.putAll(AudioTargets.all());
        all.putAll(FecTargets.all());
        all.putAll(RtcpTargets.all());
        all.putAll(IceTargets.all());
        all.putAll(SdpTargets.all());
        all.putAll(DtlsTargets.all());
        all.putAll(SrtpTargets.all());
        all.putAll(VideoTargets.all());
        all.putAll(FrameTargets.all());
        return Collections.unmodifiableMap(all);
    }

    /**
     * @throws IllegalArgumentException if there is no such target
     */
    static FuzzTarget named(String name) {
        FuzzTarget target = all().get(name);
        if (target == null) {
            throw new IllegalArgumentException(
                    "no target is named " + name + "; there are " + all().keySet());
        }
        return target;
    }
}
