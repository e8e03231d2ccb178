package dev.sluice.media.sim;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Has each jqwik property draw the same values in each run, so that no build fails by chance.
 *
 * <p>Other values are asked for by {@code -Dsluice.test.seed=7}, or {@code random} for others each
 * time; when a property fails, jqwik tells the seed. Holds wherever this is on the class path, by
 * {@code META-INF/services}.
 */
public final class PropertySeed implements AroundPropertyHook {

    private static final String USUAL = "1";
    private static final String RANDOM = "random";

    /** Empty where none was asked for. */
    private static final String ASKED = asked(System.getProperty("sluice.test.seed", ""));

    private static String asked(String seed) {
        return seed.equals(RANDOM) ? Long.toString(System.nanoTime()) : seed;
    }

    @Override
    public PropertyExecutionResult aroundProperty(
            PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        if (!ASKED.isEmpty()) {
            attributes.setSeed(ASKED);
        } else if (attributes.seed().isEmpty()) {
            attributes.setSeed(USUAL);
        }
        return property.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
