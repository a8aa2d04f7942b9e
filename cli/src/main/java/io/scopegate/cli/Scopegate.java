package io.scopegate.cli;

import io.scopegate.cli.audit.AuditCommand;
import io.scopegate.cli.bench.BenchCommand;
import io.scopegate.cli.bench.target.BenchTargetsCommand;
import io.scopegate.cli.classify.ClassifyCommand;
import io.scopegate.cli.demo.DemoCommand;
import io.scopegate.cli.doctor.DoctorCommand;
import io.scopegate.cli.engine.EngineCommand;
import io.scopegate.cli.models.ModelsCommand;
import io.scopegate.cli.soak.SoakCommand;
import io.scopegate.trainer.cli.BenchTrainCommand;
import io.scopegate.trainer.cli.EvaluateCommand;
import io.scopegate.trainer.cli.ExportCommand;
import io.scopegate.trainer.cli.ImportCommand;
import io.scopegate.trainer.cli.InferCommand;
import io.scopegate.trainer.cli.PrepareCommand;
import io.scopegate.trainer.cli.PublishCommand;
import io.scopegate.trainer.cli.TrainCommand;
import io.scopegate.trainer.sampledata.SampleDataCommand;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The commands of {@code ./scopegate} that run in Java, except the server itself. */
@Command(
        name = "scopegate",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Scopegate.Version.class,
        parameterListHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            DemoCommand.class,
            ClassifyCommand.class,
            BenchCommand.class,
            BenchTargetsCommand.class,
            SoakCommand.class,
            ModelsCommand.class,
            AuditCommand.class,
            DoctorCommand.class,
            EngineCommand.class,
            SampleDataCommand.class,
            PrepareCommand.class,
            TrainCommand.class,
            BenchTrainCommand.class,
            EvaluateCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            InferCommand.class,
            PublishCommand.class
        })
public final class Scopegate {

    private static final int UNWRITTEN = 1;

    /**
     * Logs on every machine without a GPU that there is none. Held in a field, because a logger that is
     * garbage-collected loses its level.
     */
    private static final Logger GPU_SEARCH = Logger.getLogger("ai.djl.util.cuda.CudaUtils");

    private Scopegate() {}

    public static void main(String[] args) {
        // Other programs read the numbers that commands print and write, so they must not depend on the machine's
        // locale.
        Locale.setDefault(Locale.ROOT);
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        GPU_SEARCH.setLevel(Level.SEVERE);
        System.exit(statusOf(commands().execute(args)));
    }

    /**
     * Returns the exit status. Checked because print streams throw nothing: a full disk or a closed pipe would go
     * unnoticed.
     */
    private static int statusOf(int status) {
        if (!System.out.checkError()) {
            return status;
        }
        System.err.println("scopegate: cannot write to standard output");
        return status == 0 ? UNWRITTEN : status;
    }

    static CommandLine commands() {
        return new CommandLine(new Scopegate())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageErrorHandler());
    }

    /** Provides what {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Scopegate.class.getPackage().getImplementationVersion();
            return new String[] {"scopegate " + (version == null ? "(not packaged)" : version)};
        }
    }
}
