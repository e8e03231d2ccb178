package dev.sluice.server.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables that Kubernetes puts into every pod for each service of its namespace ("service
 * links"). A service named {@code sluice} or {@code sluice-media} gives ones with the prefix of the
 * configuration, which are not meant for it.
 */
final class KubernetesVariables {

    private static final Pattern LINK =
            Pattern.compile(
                    "(?<service>[A-Z0-9_]+?)_(?<rest>SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_.+)?)?)");
    private static final Pattern LINK_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private KubernetesVariables() {}

    /**
     * Whether {@code name} is part of the links of a service that {@code all} has the address of.
     */
    static boolean contains(String name, Map<String, String> all) {
        Matcher link = LINK.matcher(name);
        if (!link.matches() || !all.containsKey(link.group("service") + "_SERVICE_HOST")) {
            return false;
        }
        boolean couldBeASetting = link.group("rest").equals("PORT");
        return !couldBeASetting || LINK_ADDRESS.matcher(all.getOrDefault(name, "")).matches();
    }
}
