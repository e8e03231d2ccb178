package dev.sluice.load.report;

import java.util.List;
import java.util.Map;

/**
 * How clients of one kind came and stayed.
 *
 * @param asked clients that were started
 * @param joined those that connected; viewers those that got media
 * @param left sessions that were ended by DELETE, and the server said yes
 * @param lost clients that had joined and failed afterwards
 * @param notEnded sessions that DELETE did not end, those of clients that failed included
 * @param whyNotEnded what was told of the first of them; empty without any
 * @param failures how many failed, by reason
 * @param details what was told of the first failures, for people
 * @param join from the POST to the connection, or a viewer's first media packet
 * @param keyFrame from the POST to a viewer's first complete key frame
 * @param perSecond clients that joined in a second, over the time in which they came
 */
public record JoinFigures(
        int asked,
        int joined,
        int left,
        int lost,
        int notEnded,
        String whyNotEnded,
        Map<String, Integer> failures,
        List<String> details,
        Distribution join,
        Distribution keyFrame,
        double perSecond) {

    public JoinFigures {
        failures = Map.copyOf(failures);
        details = List.copyOf(details);
    }

    /** Clients that never joined. */
    public int failed() {
        return asked - joined;
    }
}
