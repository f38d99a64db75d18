package io.tidemark.command;

import io.tidemark.command.error.CommandErrors;
import io.tidemark.common.TidemarkException;
import io.tidemark.connector.Version;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command: {@code bin/tidemark}, from the plugin's directory on a worker. */
@Command(
    name = "tidemark",
    description =
        "Inspects, verifies, repairs and resets the checkpoint location of a Tidemark sink"
            + " connector, and compares it with the connector's tables. Times are UTC. Nothing is"
            + " changed without --execute.",
    subcommands = {
      InspectCommand.class,
      VerifyCommand.class,
      RepairCommand.class,
      RebaseCommand.class,
      ResetCommand.class,
      AdoptCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Tidemark.VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:findings: inspect or repair found damage, verify found errors",
      "2:wrong arguments",
      "3:a file cannot be read or written, or a change was refused"
    })
public final class Tidemark implements Runnable {

  /** Columns of usage texts. */
  static final int WIDTH = 100;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs and ends the JVM. */
  public static void main(String[] args) {
    int code = commandLine().execute(args);
    System.exit(code);
  }

  /** The command, ready to be executed. */
  static CommandLine commandLine() {
    return new CommandLine(new Tidemark())
        .setUsageHelpWidth(WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(Tidemark::run)
        .setExecutionExceptionHandler(Tidemark::failed);
  }

  /** Runs the command that was named, and closes the file systems that it has opened. */
  private static int run(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } finally {
      parsed.asCommandLineList().forEach(line -> close(line.getCommandSpec()));
    }
  }

  private static void close(CommandLine.Model.CommandSpec options) {
    if (options.userObject() instanceof LocationOptions location) {
      location.close();
    }
    options.mixins().values().forEach(Tidemark::close);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int failed(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
    PrintWriter err = commandLine.getErr();
    if (failure instanceof TidemarkException) {
      err.println(failure.getMessage());
    } else if (failure instanceof IOException io) {
      err.println(CommandErrors.storageFailed(io).getMessage());
    } else if (failure instanceof CommandLine.ParameterException) {
      throw failure;
    } else {
      // A bug. The exit code must differ from that of findings.
      failure.printStackTrace(err);
    }
    return ExitCode.UNREADABLE;
  }

  /** The version of the plugin. */
  static final class VersionText implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"tidemark " + Version.TEXT};
    }
  }
}
