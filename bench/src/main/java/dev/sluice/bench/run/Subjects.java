package dev.sluice.bench.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Which servers are set beside each other.
 *
 * @param providers of ciphers; the first one is for all scenarios
 */
record Subjects(List<String> providers, boolean withJanus) {

    /** Those of a scenario, in the order of their turns. */
    List<Subject> of(Scenario scenario) {
        List<Subject> subjects = new ArrayList<>();
        int count = scenario.allProviders() ? providers.size() : 1;
        for (String provider : providers.subList(0, count)) {
            subjects.add(new Subject(Subject.SLUICE, provider));
        }
        if (withJanus) {
            subjects.add(Subject.OF_JANUS);
        }
        return subjects;
    }
}
