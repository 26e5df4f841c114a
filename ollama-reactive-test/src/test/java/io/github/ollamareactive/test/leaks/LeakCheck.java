// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.leaks;

import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails the run when Netty reports a leaked buffer. The end of the run is the end of JUnit's root store: what is thrown
 * there fails the engine, and so the build, while what a listener throws is only logged.
 */
public final class LeakCheck implements BeforeAllCallback {

    // Netty asks for its detectors when its buffer classes are initialised; this class is loaded before any test.
    private static final LeakRecorder LEAKS = new LeakRecorder();

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(LEAKS);
    }

    /** For JUnit. */
    public LeakCheck() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(Namespace.create(LeakCheck.class)).computeIfAbsent("end of run", key ->
                (AutoCloseable) LeakCheck::endOfRun);
    }

    private static void endOfRun() {
        List<String> leaks = LEAKS.collect();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaks:\n" + String.join("\n", leaks));
        }
    }
}
