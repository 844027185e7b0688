package io.millrace.app.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Says why the dashboard's tests in a browser are not run, where they are not: the build leaves them out then. */
class BrowserPresenceTest {
    @Test
    void theBrowserTestsNeedChromium() {
        assumeTrue(
                Files.exists(Path.of("/usr/bin/chromium")),
                "SKIPPED: the dashboard's tests in a browser, because there is no /usr/bin/chromium;"
                        + " on Debian: apt-get install chromium");
    }
}
