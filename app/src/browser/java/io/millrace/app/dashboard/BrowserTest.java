package io.millrace.app.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.millrace.core.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as a person with a browser meets it: Debian's Chromium, real runs. */
class BrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    /** Where pictures of the pages go, to be looked at. */
    private static final Path PICTURES = Path.of("target", "dashboard");

    @TempDir
    static Path folder;

    private static Recorded recorded;
    private static RunReport report;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws IOException {
        recorded = new Recorded(folder);
        report = recorded.run("scores", 1_000);
        recorded.run("others", 50_000);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setChromiumSandbox(false)
                        .setArgs(List.of("--disable-gpu")));
        Files.createDirectories(PICTURES);
    }

    @AfterAll
    static void end() {
        browser.close();
        playwright.close();
        recorded.close();
    }

    @BeforeEach
    void open() {
        open(ColorScheme.LIGHT);
    }

    private void open(ColorScheme scheme) {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 1400));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> complaints.add("a dialog: " + dialog.message()));
        page.onRequest(request -> {
            if (!request.url().startsWith(recorded.url()) && !request.url().startsWith("data:")) {
                complaints.add("a request to " + request.url());
            }
        });
    }

    @AfterEach
    void nothingWentWrongInThePage() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    private Locator heading(String text) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text));
    }

    @Test
    void leadsFromTheListToARunAndItsPipeline() {
        page.navigate(recorded.url());
        page.getByLabel("pipeline").selectOption("scores");
        assertThat(page.locator("tbody tr")).hasCount(1);
        picture("runs");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(report.run()))
                .click();
        assertThat(page.locator(".numbers")).containsText("1,000");
        assertThat(page.locator("svg.graph")).containsText("aggregate");
        assertThat(page.locator("canvas.splits").first()).isVisible();
        assertThat(page.getByText("of the source")).isVisible();
        picture("run");
        heading("scores").getByRole(AriaRole.LINK).click();
        assertThat(heading("Duration")).isVisible();
        assertThat(page.locator(".uplot").first()).isVisible();
        picture("pipeline");
        page.goBack();
        assertThat(page.locator("svg.graph")).isVisible();
    }

    @Test
    void whatLooksLikeMarkupStaysText() {
        page.navigate(recorded.url() + "#/run/" + report.run());
        page.getByText("extract: ").click();
        assertThat(page.getByText(Recorded.HOSTILE).first()).isVisible();
        Locator reason = page.locator("summary", new Page.LocatorOptions().setHasText("20 clean, column score"));
        reason.click();
        assertThat(page.getByText("<b>none</b>", new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        assertThat(page.locator("img[src=x]")).hasCount(0);
        picture("hostile");
    }

    @Test
    void worksWithTheKeyboardAlone() {
        page.navigate(recorded.url());
        Locator link = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(report.run()));
        assertThat(link).isVisible();
        for (int presses = 0; presses < 40 && !focused(link); presses++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        Locator map = page.locator("canvas.splits").first();
        assertThat(map).isVisible();
        map.focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.getByText("1,000 rows").first()).isVisible();
        assertThat(page.locator("p[role=status]").first()).containsText("finished");
    }

    private static boolean focused(Locator locator) {
        return (Boolean) locator.evaluate("element => element === document.activeElement");
    }

    @Test
    void isDarkWhereTheSystemIsAndWhereTheReaderWants() {
        open(ColorScheme.DARK);
        page.navigate(recorded.url() + "#/run/" + report.run());
        assertThat(page.locator("svg.graph")).isVisible();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        picture("dark");
        page.locator("#theme").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    }

    @Test
    void aServerThatIsGoneIsSaid() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("gone"));
        try (Recorded short_ = new Recorded(elsewhere)) {
            short_.run("scores", 1_000);
            page.onRequest(request -> complaints.removeIf(text -> text.startsWith("a request to " + short_.url())));
            page.navigate(short_.url());
            assertThat(page.locator("tbody tr")).hasCount(1);
        }
        assertThat(page.locator("#notice")).containsText("does not answer");
        complaints.removeIf(text -> text.contains("ERR_CONNECTION_REFUSED") || text.startsWith("a request to"));
    }

    @Test
    void tenThousandRunsAndAHundredThousandSplitsAreShownAtOnce() throws SQLException, IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("many"));
        try (Recorded many = new Recorded(elsewhere)) {
            String run = many.run("scores", 1_000).run();
            multiply(many.state(), run);
            page.onRequest(request -> complaints.removeIf(text -> text.startsWith("a request to " + many.url())));
            page.navigate(many.url());
            assertThat(page.locator("tbody tr")).hasCount(50);
            double painted = ((Number)
                            page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                    .doubleValue();
            System.out.printf("first paint with 10,000 runs: %.0f ms%n", painted);
            page.getByText("Older runs").click();
            assertThat(page.locator("tbody tr")).hasCount(100);
            page.navigate(many.url() + "#/run/" + run);
            assertThat(page.locator("canvas.splits").first())
                    .hasAttribute("aria-label", java.util.regex.Pattern.compile("1 of 100,00[0-9] splits finished.*"));
            picture("many-splits");
        }
        complaints.removeIf(text -> text.startsWith("a request to"));
    }

    /** As many as would take hours to run: copies of one, straight into the ledger's tables. */
    private static void multiply(Path state, String run) throws SQLException {
        String numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ";
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(numbers.formatted(10_000)
                    + "INSERT INTO runs (id, pipeline, scope, state, definition, overrides, mode, source, target, seed, started,"
                    + " ended) SELECT 'copy-' || i, 'p' || (i % 40), scope, 'DONE', definition, overrides, mode, source,"
                    + " target, seed, started, ended FROM runs, n WHERE id = '" + run + "'");
            statement.execute("UPDATE runs SET state = 'FAILED' WHERE id = '" + run + "'");
            statement.execute(numbers.formatted(100_000)
                    + "INSERT INTO splits (run, stage, section, place, id, version, payload, estimated_rows, estimated_bytes)"
                    + " SELECT '" + run + "', 0, 0, 1000 + i, 'more-' || i, 1, '', 1000, -1 FROM n");
            connection.commit();
        }
    }
}
